package io.membersync.storage;

import io.membersync.member.PersonalSection;
import io.membersync.member.RecordId;
import io.membersync.model.ExternalId;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What is kept of single persons, across all other stores, and by which hashes those who were erased are known again. */
public interface ErasureStore {

    /**
     * A record that is known to be a person's. Immutable.
     *
     * @param record the record
     * @param member the member that it is or was tied to; empty for one that was merged into another
     */
    record Trace(RecordId record, Optional<MemberId> member) {
        /** Refuses nulls. */
        public Trace {
            Objects.requireNonNull(record, "record");
            Objects.requireNonNull(member, "member");
        }
    }

    /**
     * Finds the records of persons: those linked to the members, tombstones included, those that a registry merged
     * into these, and those that somebody decided to be theirs.
     *
     * @param members the members
     * @return the records, of all integrations, in any order
     */
    Set<Trace> traces(Collection<MemberId> members);

    /**
     * Tells where anything is kept of persons by their members.
     *
     * @param members the members
     * @return the integrations in which there is a link, a conflict, something that goes out, an item of a plan or an
     *     enrichment of theirs
     */
    Set<IntegrationId> integrations(Collection<MemberId> members);

    /**
     * Tells whose audit names members.
     *
     * @param members the members
     * @return the organizations, those without any integration too
     */
    Set<OrganizationId> inHistory(Collection<MemberId> members);

    /**
     * Finds the open questions whose record may belong to a member.
     *
     * @param members the members
     * @return the records in question, of all integrations, in any order
     */
    Set<RecordId> inQuestion(Collection<MemberId> members);

    /**
     * Removes all rows of persons: links, edit marks, conflicts, questions, quarantine and rereads, absences, what goes
     * out, items of plans, enrichments. Not the member's own row, nor the audit.
     *
     * @param integration the integration
     * @param records the persons' records there
     * @param members the persons' members
     * @return how many rows were removed, by section; sections without any may be left out
     */
    Map<PersonalSection, Long> erase(
            IntegrationId integration, Collection<ExternalId> records, Collection<MemberId> members);

    /**
     * Notes hashes of what was erased; one that is noted already keeps its time.
     *
     * @param organization the organization
     * @param hashes the keyed hashes
     * @param at when
     */
    void note(OrganizationId organization, Collection<String> hashes, Instant at);

    /**
     * Tells which hashes are noted. One statement, asked in each commit.
     *
     * @param organization the organization
     * @param hashes the keyed hashes
     * @return when each of those that are was noted
     */
    Map<String, Instant> noted(OrganizationId organization, Collection<String> hashes);

    /**
     * Removes a hash.
     *
     * @param organization the organization
     * @param hash the keyed hash
     * @return false when it was not noted
     */
    boolean lift(OrganizationId organization, String hash);

    /** {@return the organizations that hashes are noted of} */
    Set<OrganizationId> organizations();
}
