package io.membersync.internal.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.fault.StaleVersionException;
import io.membersync.internal.audit.AuditErasure;
import io.membersync.internal.audit.AuditKey;
import io.membersync.internal.erase.ErasureKey;
import io.membersync.internal.notify.ListenerPump;
import io.membersync.internal.secret.SecretSealer;
import io.membersync.member.Erasure;
import io.membersync.member.Erasure.Outcome;
import io.membersync.member.PersonalCopy;
import io.membersync.member.PersonalCopy.Item;
import io.membersync.member.PersonalData;
import io.membersync.member.RecordId;
import io.membersync.model.Caller;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.plan.Link;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Persons' data in the storage. Safe for many threads. */
final class StoredPersonalData implements PersonalData {

    /**
     * What it works with.
     *
     * @param storage where everything is kept
     * @param sealer opens what is staged
     * @param auditKey what signs the audit
     * @param erasureKey makes the hashes of erased persons
     * @param time the engine's time
     * @param pump who is told
     */
    record Parts(
            Storage storage,
            SecretSealer sealer,
            AuditKey auditKey,
            ErasureKey erasureKey,
            InstantSource time,
            ListenerPump pump) {}

    private static final String COPY = "see a person's data";
    private static final String ERASE = "erase a person's data";
    private static final String READMIT = "let an erased person's record in again";
    private static final int ATTEMPTS = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Parts parts;
    private final Access access;

    StoredPersonalData(Parts parts, Caller caller) {
        this.parts = parts;
        this.access = new Access(caller);
    }

    @Override
    public PersonalCopy export(MemberId member) {
        return parts.storage().inTransaction(session -> {
            Person person = Person.of(session, access, member);
            List<Item> items = new PersonInventory(session, parts.sealer(), person).items();
            if (items.isEmpty() && !access.everywhere()) {
                throw access.denied(COPY);
            }
            List<AuditEntry> told = items.stream()
                    .map(Item::organization)
                    .distinct()
                    .map(organization -> copied(organization, member))
                    .toList();
            if (!told.isEmpty()) {
                session.audit().append(told);
            }
            return new PersonalCopy(parts.time().instant(), items);
        });
    }

    private AuditEntry copied(OrganizationId organization, MemberId member) {
        return new AuditEntry(
                parts.time().instant(),
                AuditKind.PERSONAL_DATA,
                organization,
                Optional.empty(),
                Optional.empty(),
                access.caller().name(),
                Optional.of(member),
                Optional.empty(),
                "Copied a person's data",
                List.of());
    }

    @Override
    public long writeJsonLines(MemberId member, Writer out) {
        PersonalCopy copy = export(member);
        try {
            for (Item item : copy.items()) {
                ObjectNode line = JSON.createObjectNode();
                line.put("section", item.section().title());
                line.put("organization", item.organization().value());
                item.integration().ifPresent(integration -> line.put("integration", integration.value()));
                ObjectNode facts = line.putObject("facts");
                item.facts().forEach(facts::put);
                out.write(JSON.writeValueAsString(line));
                out.write('\n');
            }
            out.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return copy.items().size();
    }

    @Override
    public Erasure erase(MemberId member, String reason) {
        Limits.reason(reason);
        AuditErasure audit = new AuditErasure(parts.auditKey());
        return done(session -> {
            PersonEraser.hold(session, Person.of(session, access, member));
            // Found again behind the leases: what was under way has come to its end.
            Person person = Person.of(session, access, member);
            PersonEraser.Done done = eraser(session, audit, reason).erase(person);
            boolean kept = done.erasure().outcome() != Outcome.NOTHING_KEPT
                    || !person.rows().isEmpty();
            if (!kept && !access.everywhere()) {
                throw access.denied(ERASE);
            }
            return done;
        });
    }

    @Override
    public Erasure eraseRecord(IntegrationId integration, ExternalId record, String reason) {
        Limits.reason(reason);
        AuditErasure audit = new AuditErasure(parts.auditKey());
        return done(session -> {
            access.integration(session, integration, ERASE);
            Person person = Person.of(session, access, new RecordId(integration, record));
            PersonEraser.hold(session, person);
            Optional<Link> link = Optional.ofNullable(
                    session.links().load(integration, List.of(record)).get(record));
            if (link.flatMap(Link::member).isPresent()) {
                throw new IllegalStateException("The record is linked to a member: erase the member");
            }
            return eraser(session, audit, reason).erase(person);
        });
    }

    @Override
    public boolean readmit(IntegrationId integration, ExternalId record, String reason) {
        Limits.reason(reason);
        AuditErasure audit = new AuditErasure(parts.auditKey());
        Optional<AuditEntry> told = parts.storage().inTransaction(session -> {
            OrganizationId organization =
                    access.integration(session, integration, READMIT).organization();
            return eraser(session, audit, reason).readmit(organization, new RecordId(integration, record));
        });
        told.ifPresent(entry -> parts.pump().recorded(List.of(entry)));
        return told.isPresent();
    }

    private PersonEraser eraser(Session session, AuditErasure audit, String reason) {
        return new PersonEraser(
                session,
                audit,
                organization -> parts.erasureKey().hashes(session, organization),
                new PersonEraser.Wish(
                        access.caller().name(), reason, parts.time().instant()));
    }

    /** Does it again when somebody else, such as a person who decides about a conflict, was quicker. */
    private Erasure done(Function<Session, PersonEraser.Done> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                PersonEraser.Done done = parts.storage().inTransaction(work);
                parts.pump().recorded(done.told());
                return done.erasure();
            } catch (StaleVersionException moved) {
                if (attempt == ATTEMPTS) {
                    throw moved;
                }
            }
        }
    }
}
