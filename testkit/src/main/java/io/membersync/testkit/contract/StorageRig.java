package io.membersync.testkit.contract;

import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import io.membersync.plan.Link;
import io.membersync.plan.MemberChange;
import io.membersync.storage.AppMember;
import io.membersync.storage.Session;
import io.membersync.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** The storage of one test, with the steps that many tests take. Opened by the test's thread, then for many. */
final class StorageRig {

    private final StorageContract contract;
    private Optional<Storage> storage = Optional.empty();

    StorageRig(StorageContract contract) {
        this.contract = contract;
    }

    /** Opens the storage at the first call. */
    Storage storage() {
        if (storage.isEmpty()) {
            storage = Optional.of(contract.storage());
        }
        return storage.get();
    }

    /** Reads in a transaction of its own. */
    <T> T read(Function<Session, T> work) {
        return storage().inTransaction(work);
    }

    /** The same for a list; an assertion can tell its type. */
    <T> List<T> list(Function<Session, List<T>> work) {
        return read(work);
    }

    /** The same for a set. */
    <T> Set<T> set(Function<Session, Set<T>> work) {
        return read(work);
    }

    /** The same for something that may not be there. */
    <T> Optional<T> found(Function<Session, Optional<T>> work) {
        return read(work);
    }

    /** Writes in a transaction of its own. */
    void write(Consumer<Session> work) {
        storage().inTransaction(session -> {
            work.accept(session);
            return true;
        });
    }

    MemberId insert(OrganizationId organization, MemberState state) {
        return read(session -> {
            MemberId member = session.members().newIds(1).get(0);
            session.members()
                    .apply(organization, List.of(new MemberChange.Create(member, ExternalId.of("m_" + member), state)));
            return member;
        });
    }

    void edit(OrganizationId organization, MemberId member, MemberState changes) {
        contract.editMember(storage(), organization, member, changes);
    }

    AppMember member(OrganizationId organization, MemberId member) {
        return findMember(organization, member).orElseThrow();
    }

    Optional<AppMember> findMember(OrganizationId organization, MemberId member) {
        return read(session -> Optional.ofNullable(
                session.members().load(organization, List.of(member)).get(member)));
    }

    /** Stores links and gives them as loaded. */
    List<Link> saveLinks(IntegrationId integration, Link... links) {
        write(session -> session.links().save(integration, List.of(links)));
        return List.of(links).stream()
                .map(link -> link(integration, link.externalId()))
                .toList();
    }

    Link link(IntegrationId integration, ExternalId id) {
        return findLink(integration, id).orElseThrow();
    }

    Optional<Link> findLink(IntegrationId integration, ExternalId id) {
        return read(session -> Optional.ofNullable(
                session.links().load(integration, List.of(id)).get(id)));
    }

    /** Reads all slices, each in a transaction of its own. */
    <T> List<Slice<T>> slices(Function<Optional<String>, Slice<T>> page) {
        List<Slice<T>> slices = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Slice<T> slice = page.apply(cursor);
            slices.add(slice);
            cursor = slice.next();
        } while (cursor.isPresent() && slices.size() < 1_000);
        return slices;
    }

    /** Gives what all slices hold, in their order. */
    static <T> List<T> items(List<Slice<T>> slices) {
        return slices.stream().flatMap(slice -> slice.items().stream()).toList();
    }
}
