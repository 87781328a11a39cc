package io.membersync.storage.memory;

import io.membersync.conflict.RuleVersion;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.storage.RuleStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Rules by organization and number, padded so that they lie in order. */
final class MemoryRules implements RuleStore {

    private final MemorySession session;

    MemoryRules(MemorySession session) {
        this.session = session;
    }

    @Override
    public void add(RuleVersion version) {
        if (find(version.organization(), version.number()).isPresent()) {
            throw new StaleVersionException("The rules of '" + version.organization() + "'");
        }
        rows().put(version.organization().value(), key(version.number()), version);
    }

    @Override
    public Optional<RuleVersion> newest(OrganizationId organization) {
        List<RuleVersion> all = all(organization);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
    }

    @Override
    public Optional<RuleVersion> find(OrganizationId organization, long number) {
        return rows().find(organization.value(), key(number));
    }

    @Override
    public void tookEffect(OrganizationId organization, long number, Instant at) {
        find(organization, number)
                .filter(version -> version.effectiveAt().isEmpty())
                .ifPresent(version -> rows().put(
                                organization.value(),
                                key(number),
                                new RuleVersion(
                                        organization,
                                        number,
                                        version.rules(),
                                        version.delegated(),
                                        version.change(),
                                        Optional.of(at))));
    }

    @Override
    public Slice<RuleVersion> list(OrganizationId organization, Optional<String> cursor, int limit) {
        long before = cursor.map(Long::parseLong).orElse(Long.MAX_VALUE);
        return Slices.cut(
                all(organization).stream().filter(version -> version.number() < before),
                limit,
                version -> String.valueOf(version.number()));
    }

    private List<RuleVersion> all(OrganizationId organization) {
        List<RuleVersion> all = new ArrayList<>(rows().of(organization.value()).values());
        Collections.reverse(all);
        return all;
    }

    private Rows<RuleVersion> rows() {
        return session.tables().rules;
    }

    private static String key(long number) {
        return String.format("%019d", number);
    }
}
