package io.membersync.connector.cornerstone;

import io.membersync.connector.RecordWriter;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryWrite;
import io.membersync.connector.WriteReceipt;
import io.membersync.http.GatewayResponse;
import io.membersync.internal.json.JsonAnswer;
import io.membersync.mapping.FieldPath;
import java.util.Optional;

/**
 * Writes single fields by a merge patch on the condition of the expected version. The condition also makes a repetition
 * harmless, so the write's own key is not sent. Safe for many threads.
 */
final class CornerstoneFields implements RecordWriter {

    private final CornerstoneProfile profile;
    private final CornerstoneCalls calls;
    private final CornerstoneJson json;
    private final CornerstoneSingles singles;
    private final Refusal refusal;

    CornerstoneFields(
            CornerstoneProfile profile, CornerstoneCalls calls, CornerstoneJson json, CornerstoneSingles singles) {
        this.profile = profile;
        this.calls = calls;
        this.json = json;
        this.singles = singles;
        this.refusal = new Refusal(profile.problem(), calls::repeatsKey);
    }

    @Override
    public WriteReceipt write(RegistryWrite write) {
        Optional<FieldPath> unsendable = MergePatch.unsendable(write.values());
        if (unsendable.isPresent()) {
            return new WriteReceipt.Refused(
                    unsendable.get().text(), "a value of this kind, or at a place inside a list, cannot be sent");
        }
        if (!calls.addressable(write.externalId())) {
            return new WriteReceipt.Refused(profile.member().id().text(), "an id that cannot stand in a path");
        }
        // Without a version there is no condition to write on; the caller decides again with the one that is there.
        if (write.expected().text().isEmpty()) {
            return asItStands(write);
        }
        GatewayResponse answer =
                calls.patch(write.externalId(), write.expected().text(), MergePatch.of(write.values()));
        return switch (answer.status()) {
            case 301, 308, 404, 410, 412 -> asItStands(write);
            case 422 -> refusal.of(write, Problem.of(answer.body(), profile.problem()));
            default -> stored(write, answer);
        };
    }

    private WriteReceipt stored(RegistryWrite write, GatewayResponse answer) {
        String what = calls.what("PATCH", profile.paths().members() + "/{id}");
        if (json.member(what, answer.body()) instanceof RegistryRecord.Present present
                && present.externalId().equals(write.externalId())) {
            return new WriteReceipt.Stored(present);
        }
        throw JsonAnswer.unreadable(what, "is not the written member");
    }

    private WriteReceipt asItStands(RegistryWrite write) {
        RegistryRecord current = singles.read(write.externalId());
        if (current instanceof RegistryRecord.Present present) {
            return new WriteReceipt.ChangedMeanwhile(Optional.of(present));
        } else if (current instanceof RegistryRecord.Unreadable) {
            return new WriteReceipt.ChangedMeanwhile(Optional.empty());
        }
        return new WriteReceipt.NoLongerThere(current);
    }
}
