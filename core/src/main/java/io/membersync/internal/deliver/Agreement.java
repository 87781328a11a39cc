package io.membersync.internal.deliver;

import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.mapping.MappedRecord;
import io.membersync.mapping.RecordVersion;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.outbox.OutboxEntry;
import io.membersync.plan.Link;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The link of a record after a delivery.
 *
 * @param link the link as it is stored now
 * @param decidedOn the version that the delivery was decided on
 */
record Agreement(Link link, RecordVersion decidedOn) {

    /**
     * Both sides agree on what the registry stored. Where the record holds nothing else that is new, its echo is known
     * from now on; otherwise the next run looks at it.
     */
    Link reached(
            List<OutboxEntry> sent,
            Map<MemberField, FieldValue> stored,
            Optional<MappedRecord.Mapped> record,
            Set<MemberField> hostFields) {
        Map<MemberField, AgreedPair> pairs = new HashMap<>();
        link.agreed().forEach(pairs::put);
        for (OutboxEntry entry : sent) {
            FieldValue value = entry.delivery().sent().orElseThrow();
            pairs.put(
                    entry.field(),
                    AgreedPair.delivered(
                            entry.field(), pairs.get(entry.field()), value, stored.getOrDefault(entry.field(), value)));
        }
        Link agreed = with(link, Agreed.of(pairs));
        if (!link.version().equals(decidedOn)) {
            // A run has read the record meanwhile and knows it better.
            return agreed;
        }
        boolean nothingElse = record.isPresent()
                && record.get().state().fields().stream()
                        .filter(field -> hostFields.contains(field) || field.equals(MemberField.PROTECTED_ADDRESS))
                        .allMatch(field -> known(field, pairs, record.get()));
        return nothingElse ? at(agreed, record.orElseThrow()) : unknown(agreed);
    }

    private static boolean known(MemberField field, Map<MemberField, AgreedPair> pairs, MappedRecord.Mapped record) {
        Optional<FieldValue> said = record.state().find(field);
        AgreedPair pair = pairs.get(field);
        return said.isEmpty() || (pair != null && field.same(pair.registry(), said.get()));
    }

    private static Link with(Link link, Agreed agreed) {
        return new Link(
                link.externalId(),
                link.member(),
                link.hash(),
                link.version(),
                link.readAt(),
                agreed,
                link.tombstone(),
                link.revision());
    }

    /** The link as of a record that holds what is agreed. */
    static Link at(Link link, MappedRecord.Mapped record) {
        return new Link(
                link.externalId(),
                link.member(),
                Optional.of(record.hash()),
                record.version(),
                record.readAt().isAfter(link.readAt()) ? record.readAt() : link.readAt(),
                link.agreed(),
                link.tombstone(),
                link.revision());
    }

    private static Link unknown(Link link) {
        return new Link(
                link.externalId(),
                link.member(),
                Optional.empty(),
                link.version(),
                link.readAt(),
                link.agreed(),
                link.tombstone(),
                link.revision());
    }
}
