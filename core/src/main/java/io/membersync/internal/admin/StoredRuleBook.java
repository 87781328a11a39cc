package io.membersync.internal.admin;

import io.membersync.audit.AuditEntry;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleBook;
import io.membersync.conflict.RuleSet;
import io.membersync.conflict.RuleVersion;
import io.membersync.fault.StaleVersionException;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.model.Caller;
import io.membersync.model.FieldCategory;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Conflict rules in the storage, as one caller sees them. Safe for many threads. */
final class StoredRuleBook implements RuleBook {

    private static final int MOST = 1_000;

    private final Storage storage;
    private final ListenerPump pump;
    private final Access access;
    private final RuleChanges changes;

    StoredRuleBook(Storage storage, InstantSource time, ListenerPump pump, Caller caller) {
        this.storage = storage;
        this.pump = pump;
        this.access = new Access(caller);
        this.changes = new RuleChanges(access, time);
    }

    @Override
    public RuleVersion newest(OrganizationId organization) {
        return storage.inTransaction(session -> {
            access.organization(organization, "see the rules of this organization");
            return session.rules().inForce(organization);
        });
    }

    @Override
    public Slice<RuleVersion> history(OrganizationId organization, Optional<String> cursor, int limit) {
        Limits.check(limit, MOST);
        return storage.inTransaction(session -> {
            access.organization(organization, "see the rules of this organization");
            return new Cursors("the rules of '" + organization + "'")
                    .slice(cursor, from -> session.rules().list(organization, from, limit));
        });
    }

    @Override
    public RuleVersion set(OrganizationId organization, FieldCategory category, Rule rule) {
        return change(
                organization,
                rules -> rules.with(category, rule),
                "Conflict rule of the category " + category + ": " + rule);
    }

    @Override
    public RuleVersion set(OrganizationId organization, MemberField field, Rule rule) {
        return change(
                organization, rules -> rules.with(field, rule), "Conflict rule of the field '" + field + "': " + rule);
    }

    @Override
    public RuleVersion replace(RuleVersion seen, RuleSet rules) {
        OrganizationId organization = seen.organization();
        return told(session -> {
            changes.check(session, organization);
            if (session.rules().inForce(organization).number() != seen.number()) {
                throw new StaleVersionException("The rules of '" + organization + "'");
            }
            return changes.change(session, organization, old -> rules, "Conflict rules replaced");
        });
    }

    @Override
    public RuleVersion reset(OrganizationId organization) {
        return change(
                organization, rules -> RuleSet.platformDefaults(), "Conflict rules reset to the platform's defaults");
    }

    @Override
    public RuleVersion delegate(OrganizationId organization, boolean allowed) {
        return told(session -> changes.delegate(session, organization, allowed));
    }

    private RuleVersion change(OrganizationId organization, UnaryOperator<RuleSet> change, String what) {
        return told(session -> changes.change(session, organization, change, what));
    }

    /** What is stored, and told to listeners afterwards. */
    private RuleVersion told(Function<Session, RuleChanges.Changed> work) {
        RuleChanges.Changed changed = storage.inTransaction(work);
        changed.audit().map(List::<AuditEntry>of).ifPresent(pump::recorded);
        return changed.version();
    }
}
