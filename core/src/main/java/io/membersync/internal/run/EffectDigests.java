package io.membersync.internal.run;

import io.membersync.model.ExternalId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.FieldChange;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import io.membersync.storage.StoredText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** Digests of what a plan does with each record. Stateless. */
final class EffectDigests {

    private EffectDigests() {}

    /**
     * Gives each record's effect a digest: two plans that would do the same with a record give it the same one, and any
     * difference in member, field, or value before or after gives another. Ids of members to be created do not count.
     *
     * @param plan a plan
     * @return digests by the registry's id, of those that the plan changes anything of
     */
    static Map<ExternalId, String> of(BatchPlan plan) {
        Map<ExternalId, StringBuilder> texts = new HashMap<>();
        Set<MemberId> created = new HashSet<>();
        for (MemberChange change : plan.members()) {
            if (change instanceof MemberChange.Create) {
                created.add(change.member());
            }
            StringBuilder text = texts.computeIfAbsent(change.externalId(), id -> new StringBuilder());
            write(change, text);
        }
        for (Link link : plan.links()) {
            StringBuilder text = texts.computeIfAbsent(link.externalId(), id -> new StringBuilder());
            text.append("link ")
                    .append(link.member().map(member -> name(member, created)).orElse("-"))
                    .append(link.tombstone()
                            .map(gone -> " gone into "
                                    + gone.mergedInto().map(ExternalId::value).orElse("-"))
                            .orElse(""))
                    .append('\n');
        }
        Map<ExternalId, String> digests = new HashMap<>();
        texts.forEach((id, text) -> digests.put(id, digest(text.toString())));
        return digests;
    }

    private static String name(MemberId member, Set<MemberId> created) {
        return created.contains(member) ? "new" : member.value();
    }

    private static void write(MemberChange change, StringBuilder text) {
        if (change instanceof MemberChange.Create create) {
            MemberState state = create.state();
            text.append("create\n");
            for (MemberField field : state.fields()) {
                text.append(StoredText.field(field))
                        .append(StoredText.value(state.value(field)))
                        .append('\n');
            }
        } else if (change instanceof MemberChange.Update update) {
            text.append("update ").append(update.member()).append('\n');
            for (FieldChange field : update.changes()) {
                text.append(StoredText.field(field.field()))
                        .append(StoredText.value(field.before()))
                        .append(StoredText.value(field.after()))
                        .append('\n');
            }
        } else if (change instanceof MemberChange.Terminate end) {
            text.append("terminate ")
                    .append(end.member())
                    .append(' ')
                    .append(end.reason())
                    .append('\n');
        }
    }

    /**
     * Digests a text.
     *
     * @param text the text
     * @return 64 hexadecimal digits
     */
    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
