package io.membersync.internal.audit;

import io.membersync.audit.AuditCheck;
import io.membersync.audit.AuditCheck.Broken;
import io.membersync.audit.AuditCheck.Intact;
import io.membersync.audit.AuditCheck.Unproven;
import io.membersync.model.OrganizationId;
import io.membersync.storage.AuditHead;
import io.membersync.storage.AuditLink;
import io.membersync.storage.SignedEntry;
import io.membersync.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checks an organization's audit from its first entry to its last, a page at a time. Safe for many threads. */
public final class ChainCheck {

    private static final int AT_ONCE = 1_000;
    private static final int ATTEMPTS = 5;
    // Entries are sealed by their commits, which need not come in the order of the entries' times.
    private static final Duration LONGEST_TRANSACTION = Duration.ofHours(1);

    private final Storage storage;
    private final AuditKey key;

    /**
     * Makes a check.
     *
     * @param storage where the audit is kept
     * @param key what signs
     */
    public ChainCheck(Storage storage, AuditKey key) {
        this.storage = storage;
        this.key = key;
    }

    /**
     * Checks.
     *
     * @param organization whose audit
     * @return what was found
     */
    public AuditCheck check(OrganizationId organization) {
        Optional<AuditSigner> signer = key.signer();
        if (signer.isEmpty()) {
            return new Broken(1, "The audit's key is sealed under a master key that is not there: bring it back");
        }
        for (int attempt = 1; ; attempt++) {
            Optional<AuditHead> head = head(organization);
            // Before the walk: what is set up meanwhile may stand behind it.
            ChainWitnesses witnesses = storage.inTransaction(session -> ChainWitnesses.of(session, organization));
            Walk walk = new Walk(organization, signer.get(), head, witnesses);
            AuditCheck found = walk.check();
            // Entries that are forgotten meanwhile look like damage.
            if (!(found instanceof Broken) || attempt == ATTEMPTS || !walk.shortened()) {
                return found;
            }
        }
    }

    private Optional<AuditHead> head(OrganizationId organization) {
        return storage.inTransaction(session -> session.auditChains().head(organization));
    }

    /** One walk along the chain. For one thread. */
    private final class Walk {

        private final OrganizationId organization;
        private final AuditSigner signer;
        private final ChainWitnesses witnesses;
        private Optional<AuditHead> head;
        private long last;
        private long number;
        private String seal;
        private long waiting;
        private long unsigned;
        private long unsignedWaiting;
        private boolean shortened;
        private Instant earliest = Instant.MAX;
        private Optional<Instant> first = Optional.empty();
        private Instant firstUnsigned = Instant.MAX;
        private Instant lastUnsigned = Instant.MIN;

        Walk(OrganizationId organization, AuditSigner signer, Optional<AuditHead> head, ChainWitnesses witnesses) {
            this.organization = organization;
            this.signer = signer;
            this.head = head;
            this.witnesses = witnesses;
            this.last = head.map(AuditHead::last).orElse(0L);
            this.number = head.map(AuditHead::forgotten).orElse(0L);
            this.seal = head.map(AuditHead::base).orElse("");
        }

        AuditCheck check() {
            while (true) {
                Optional<AuditCheck> broken = broken();
                Optional<AuditHead> now = head(organization);
                if (now.equals(head)) {
                    return broken.orElseGet(this::intact);
                } else if (!now.map(AuditHead::forgotten).equals(head.map(AuditHead::forgotten))) {
                    shortened = true;
                    return broken.orElseGet(this::intact);
                }
                // What was sealed meanwhile stands behind what was seen of the chain: it is gone on with from there.
                head = now;
                last = head.map(AuditHead::last).orElse(0L);
            }
        }

        /** {@return whether entries were forgotten while it walked} */
        boolean shortened() {
            return shortened;
        }

        private Optional<AuditCheck> broken() {
            if (head.isPresent() && !signer.genuine(head.get())) {
                return Optional.of(new Broken(last, "The end of the chain was not written by the library"));
            }
            return brokenInChain().or(this::brokenBehindIt).or(this::repeated).or(this::gone);
        }

        private Optional<AuditCheck> brokenInChain() {
            List<AuditLink> page;
            do {
                page = sealed(number);
                for (AuditLink link : page) {
                    Optional<AuditCheck> broken = broken(link);
                    if (broken.isPresent()) {
                        return broken;
                    }
                    unsigned += saw(link.signed());
                    number = link.number();
                    seal = link.seal();
                }
            } while (page.size() == AT_ONCE);
            return number == last ? Optional.empty() : broken(number + 1, "is missing, and all behind it");
        }

        private Optional<AuditCheck> broken(AuditLink link) {
            long expected = number + 1;
            if (link.number() > last) {
                return broken(link.number(), "stands behind the end of the chain");
            } else if (link.number() != expected) {
                return broken(expected, "is missing");
            } else if (!signer.genuineSealed(link.signed())) {
                return broken(expected, "is not as the library wrote it");
            } else if (!signer.seal(seal, expected, link.signed()).equals(link.seal())) {
                return broken(expected, "is not the one that the library put there");
            }
            return expected == last && !link.seal().equals(head.orElseThrow().seal())
                    ? broken(expected, "is not the one that the chain ends with")
                    : Optional.empty();
        }

        private Optional<AuditCheck> brokenBehindIt() {
            long place = last;
            unsignedWaiting = 0;
            Optional<String> after = Optional.empty();
            List<AuditLink> page;
            do {
                page = waiting(after);
                for (AuditLink link : page) {
                    place++;
                    if (!signer.genuineWaiting(link.signed())) {
                        return broken(
                                place,
                                signer.genuineSealed(link.signed())
                                        ? "is signed as one with a place in the chain, and has none"
                                        : "was not written by the library");
                    }
                    unsignedWaiting += saw(link.signed());
                    after = Optional.of(link.id());
                }
            } while (page.size() == AT_ONCE);
            waiting = place - last;
            return Optional.empty();
        }

        private Optional<AuditCheck> repeated() {
            return storage.inTransaction(session -> session.auditChains().repeated(organization))
                    .flatMap(link -> broken(
                            link.number() == 0 ? last + 1 : link.number(), "was added once more, by somebody else"));
        }

        /** {@return 1 for an entry without a signature, else 0} */
        private int saw(SignedEntry signed) {
            Instant at = signed.entry().at();
            witnesses.hear(signed.entry());
            first = first.or(() -> Optional.of(at));
            earliest = at.isBefore(earliest) ? at : earliest;
            if (!AuditSigner.unsigned(signed)) {
                return 0;
            }
            firstUnsigned = at.isBefore(firstUnsigned) ? at : firstUnsigned;
            lastUnsigned = at.isAfter(lastUnsigned) ? at : lastUnsigned;
            return 1;
        }

        /** Whoever removes entries along with the head leaves a chain without a fault, but what they told of is there. */
        private Optional<AuditCheck> gone() {
            Instant since = forgotten() == 0
                    ? Instant.MIN
                    : first.map(at -> at.plus(LONGEST_TRANSACTION)).orElse(Instant.MIN);
            return witnesses
                    .firstUnheard(since)
                    .map(at -> at.isBefore(earliest)
                            ? new Broken(
                                    forgotten() + 1,
                                    "All entries up to some time after " + at + " are gone, with the head of the chain")
                            : new Broken(
                                    last + 1,
                                    "Entries of " + at + " are gone, but what they tell of is there: the head of the"
                                            + " chain was removed, or replaced by an older one"));
        }

        private AuditCheck intact() {
            Intact intact = new Intact(last - forgotten(), forgotten(), waiting, seal);
            long without = unsigned + unsignedWaiting;
            return without == 0 ? intact : new Unproven(intact, without, firstUnsigned, lastUnsigned);
        }

        private long forgotten() {
            return head.map(AuditHead::forgotten).orElse(0L);
        }

        private Optional<AuditCheck> broken(long place, String what) {
            return Optional.of(new Broken(place, "Entry " + place + " " + what));
        }

        private List<AuditLink> sealed(long after) {
            return storage.inTransaction(session -> session.auditChains().sealed(organization, after, AT_ONCE));
        }

        private List<AuditLink> waiting(Optional<String> after) {
            return storage.inTransaction(session -> session.auditChains().waiting(organization, after, AT_ONCE));
        }
    }
}
