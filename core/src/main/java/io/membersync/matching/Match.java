package io.membersync.matching;

import io.membersync.model.MemberId;
import java.util.List;
import java.util.Objects;

/** Whom a registry's record belongs to. Immutable. */
public sealed interface Match {

    /** Why a person has to decide. */
    enum Doubt {
        /** Only an e-mail address or a phone number is the same. */
        WEAK_KEYS_ONLY,
        /** Several members have something in common with the record that names a person. */
        SEVERAL_MEMBERS,
        /** The member is linked to another record of the same integration. */
        MEMBER_TAKEN,
        /** One thing says that they are the same person, another that they are not. */
        CONTRADICTION,
        /**
         * Several records have a strong key in common with one member, and nothing that the host knows tells whose it is.
         * Once asked, it is asked until a person decides, or birth date or number tell: not every run sees who else
         * carries the key. A record that is linked stays so meanwhile; link it to its member once more when that is right.
         */
        SEVERAL_RECORDS,
        /** Nothing is in doubt: somebody took the record off its member, and has said whose it is to be. */
        MOVED_BY_HAND,
        /** The member that a person chose is no longer there. */
        MEMBER_GONE,
        /**
         * The record is linked, and has turned into another person: no word of the name is as it was, and the birth date
         * is another too, or, where one is missing, the personnummer or the member number. The member keeps what it has,
         * and takes nothing more of the record, until somebody says that it is the same person (links it to its member
         * once more) or who it is now.
         */
        ANOTHER_PERSON
    }

    /**
     * The record is linked to a member already.
     *
     * @param member the member
     */
    record Linked(MemberId member) implements Match {
        /** Refuses null. */
        public Linked {
            Objects.requireNonNull(member, "member");
        }
    }

    /**
     * The host has the member, and the record is to be linked to it.
     *
     * @param member the member
     * @param how by what it was found, in a few words without values
     * @param confirmed false when nothing but the name and contact details says so
     */
    record Found(MemberId member, String how, boolean confirmed) implements Match {
        /** Refuses nulls. */
        public Found {
            Objects.requireNonNull(member, "member");
            Objects.requireNonNull(how, "how");
        }
    }

    /** Nobody has it: a member is created. */
    record NoOne() implements Match {}

    /**
     * The record is neither linked nor created before a person has decided.
     *
     * @param doubt why
     * @param candidates the members in question
     */
    record Unclear(Doubt doubt, List<Candidate> candidates) implements Match {
        /** Copies the candidates. */
        public Unclear {
            Objects.requireNonNull(doubt, "doubt");
            candidates = List.copyOf(candidates);
        }
    }
}
