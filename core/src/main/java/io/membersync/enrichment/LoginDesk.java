package io.membersync.enrichment;

import io.membersync.model.MemberId;
import java.time.Instant;

/**
 * Where a login provider hands in what logins brought. Each call is one short transaction of the host's storage and asks
 * no registry; none throws for what goes wrong there. Safe for many threads.
 */
public interface LoginDesk {

    /**
     * Takes a verified number in for a member.
     *
     * @param member who logged in
     * @param provider the provider's name
     * @param found what was verified
     * @return what becomes of it
     */
    EnrichmentAnswer offer(MemberId member, String provider, LoginFinding.Verified found);

    /**
     * Keeps a login, sealed, that has to be verified later by {@link LoginProvider#finish}. It stands beside what is known
     * of the member, and takes the place of nothing before it is verified.
     *
     * @param member who logged in
     * @param provider the provider's name
     * @param login the login as text; at most 64 Ki characters
     * @param subject what the login says that the provider calls the person, so that a withdrawn consent finds it
     * @return what becomes of it
     */
    EnrichmentAnswer keep(MemberId member, String provider, String login, String subject);

    /**
     * Withholds what waits of a person who is said to have withdrawn consent. Only a hint: nothing that was delivered is
     * touched, nothing is deleted, and the person's next login takes it up again.
     *
     * @param provider the provider's name
     * @param subject what the provider calls the person
     * @param withdrawnAt when; what came with a later login is not withheld
     * @return how many were withheld
     */
    int withhold(String provider, String subject, Instant withdrawnAt);
}
