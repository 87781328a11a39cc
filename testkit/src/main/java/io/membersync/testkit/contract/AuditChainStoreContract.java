package io.membersync.testkit.contract;

import static io.membersync.testkit.contract.StorageSamples.NORTH;
import static io.membersync.testkit.contract.StorageSamples.SOUTH;
import static io.membersync.testkit.contract.StorageSamples.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.audit.AuditQuery;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.OrganizationId;
import io.membersync.storage.AuditHead;
import io.membersync.storage.AuditLink;
import io.membersync.storage.KeyStore;
import io.membersync.storage.SignedEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the chains of the audit promise, and the keys that prove them. */
@Requirement("R19")
abstract class AuditChainStoreContract {

    private final Supplier<StorageRig> rigs;

    AuditChainStoreContract(Supplier<StorageRig> rigs) {
        this.rigs = rigs;
    }

    @Test
    void entriesWaitInTheOrderInWhichTheyWereAddedWithWhatProvesThem() {
        add(NORTH, "1", "2");
        add(SOUTH, "other");
        add(NORTH, "3");

        List<AuditLink> first = waiting(Optional.empty(), 2);
        List<AuditLink> rest = waiting(Optional.of(first.get(1).id()), 2);

        assertThat(organizations()).containsExactlyInAnyOrder(NORTH, SOUTH);
        assertThat(first).extracting(AuditLink::signed).containsExactly(signed(NORTH, "1"), signed(NORTH, "2"));
        assertThat(first).allMatch(link -> link.number() == 0 && link.seal().isEmpty());
        assertThat(rest).extracting(AuditLink::signed).containsExactly(signed(NORTH, "3"));
    }

    @Test
    void sealedEntriesStandByTheirPlacesAndWaitNoLonger() {
        add(NORTH, "1", "2", "3");
        List<AuditLink> waiting = waiting(Optional.empty(), 10);
        // As when an entry was added before another, and committed behind it.
        seal(List.of(sealed(waiting.get(2), 1, "a"), sealed(waiting.get(0), 2, "b")));

        assertThat(waiting(Optional.empty(), 10)).containsExactly(waiting.get(1));
        assertThat(sealed(NORTH, 0, 10))
                .containsExactly(sealed(waiting.get(2), 1, "a"), sealed(waiting.get(0), 2, "b"));
        assertThat(sealed(NORTH, 1, 10)).containsExactly(sealed(waiting.get(0), 2, "b"));
        assertThat(sealed(NORTH, 0, 1)).hasSize(1);
        assertThat(sealed(SOUTH, 0, 10)).isEmpty();

        seal(List.of(sealed(waiting.get(1), 3, "c")));
        assertThat(organizations()).isEmpty();
        assertThat(rigs.get()
                        .read(session -> session.audit().find(AuditQuery.of(NORTH)))
                        .items())
                .hasSize(3);
    }

    @Test
    void anEntryThatStandsThereTwiceIsFound() {
        add(NORTH, "1", "2", "3");
        add(SOUTH, "1");
        rigs.get().write(session -> session.audit().add(List.of(unsigned(), unsigned())));
        assertThat(repeated()).isEmpty();

        List<AuditLink> waiting = waiting(Optional.empty(), 10);
        seal(List.of(sealed(waiting.get(1), 1, "a")));
        add(NORTH, "2");

        assertThat(repeated()).contains(waiting(Optional.empty(), 10).get(4));
    }

    private static SignedEntry unsigned() {
        return SignedEntry.unsigned(entry(NORTH, "unsigned"));
    }

    private Optional<AuditLink> repeated() {
        return rigs.get().found(session -> session.auditChains().repeated(NORTH));
    }

    @Test
    void theBeginningOfAChainIsForgottenAlone() {
        add(NORTH, IntStream.rangeClosed(1, 12).mapToObj(String::valueOf).toArray(String[]::new));
        add(SOUTH, "other");
        List<AuditLink> sealed = new ArrayList<>();
        for (AuditLink link : waiting(Optional.empty(), 11)) {
            sealed.add(sealed(link, sealed.size() + 1L, "s"));
        }
        seal(sealed);

        int forgotten = rigs.get().read(session -> session.auditChains().forget(NORTH, 10));

        assertThat(forgotten).isEqualTo(10);
        assertThat(sealed(NORTH, 0, 20)).containsExactly(sealed.get(10));
        assertThat(waiting(Optional.empty(), 20)).hasSize(1);
        assertThat(rigs.get()
                        .read(session -> session.audit().find(AuditQuery.of(SOUTH)))
                        .items())
                .hasSize(1);
    }

    @Test
    void aHeadIsStoredOnlyInPlaceOfTheOneThatWasRead() {
        AuditHead first = new AuditHead(NORTH, 0, "", 7, "seal-7", "proof-1");
        AuditHead second = new AuditHead(NORTH, 3, "seal-3", 9, "seal-9", "proof-2");

        assertThat(head(NORTH)).isEmpty();
        save(first, Optional.empty());
        assertThat(head(NORTH)).contains(first);
        assertThat(head(SOUTH)).isEmpty();
        assertThatThrownBy(() -> save(second, Optional.empty())).isInstanceOf(StaleVersionException.class);
        save(second, Optional.of(first));
        assertThatThrownBy(() -> save(first, Optional.of(first))).isInstanceOf(StaleVersionException.class);
        assertThat(head(NORTH)).contains(second);
    }

    @Test
    void aKeyIsKeptUntilItIsReplacedByWhoKnowsIt() {
        assertThat(key()).isEmpty();
        assertThat(key(keys -> keys.add("audit", "one"))).isTrue();
        assertThat(key(keys -> keys.add("audit", "two"))).isFalse();
        assertThat(key()).contains("one");
        assertThat(key(keys -> keys.replace("audit", "zero", "two"))).isFalse();
        assertThat(key(keys -> keys.replace("audit", "one", "two"))).isTrue();
        assertThat(key()).contains("two");
        assertThat(key(keys -> keys.replace("other", "", "two"))).isFalse();
    }

    private static SignedEntry signed(OrganizationId organization, String summary) {
        return new SignedEntry(entry(organization, summary), "salt " + summary, "signature " + summary);
    }

    private static AuditLink sealed(AuditLink waiting, long place, String seal) {
        SignedEntry signed = waiting.signed();
        return new AuditLink(
                waiting.id(),
                place,
                seal,
                new SignedEntry(signed.entry(), signed.salt(), "sealed " + signed.signature()));
    }

    private void add(OrganizationId organization, String... summaries) {
        List<SignedEntry> entries = List.of(summaries).stream()
                .map(summary -> signed(organization, summary))
                .toList();
        rigs.get().write(session -> session.audit().add(entries));
    }

    private void seal(List<AuditLink> links) {
        rigs.get().write(session -> session.auditChains().seal(NORTH, links));
    }

    private void save(AuditHead head, Optional<AuditHead> before) {
        rigs.get().write(session -> session.auditChains().saveHead(head, before));
    }

    private List<OrganizationId> organizations() {
        return rigs.get().list(session -> session.auditChains().waiting());
    }

    private List<AuditLink> waiting(Optional<String> after, int limit) {
        return rigs.get().list(session -> session.auditChains().waiting(NORTH, after, limit));
    }

    private List<AuditLink> sealed(OrganizationId organization, long after, int limit) {
        return rigs.get().list(session -> session.auditChains().sealed(organization, after, limit));
    }

    private Optional<AuditHead> head(OrganizationId organization) {
        return rigs.get().found(session -> session.auditChains().head(organization));
    }

    private Optional<String> key() {
        return rigs.get().found(session -> session.keys().find("audit"));
    }

    private boolean key(Predicate<KeyStore> work) {
        return rigs.get().read(session -> work.test(session.keys()));
    }
}
