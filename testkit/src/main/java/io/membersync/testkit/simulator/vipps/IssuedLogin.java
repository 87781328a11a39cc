package io.membersync.testkit.simulator.vipps;

/**
 * What a login gave. Immutable; {@code toString} shows nothing of it.
 *
 * @param idToken the ID token
 * @param accessToken the access token, good for ten minutes
 * @param userinfo the user information, as an object of JSON
 */
public record IssuedLogin(String idToken, String accessToken, String userinfo) {

    /** {@return nothing of it} */
    @Override
    public String toString() {
        return "IssuedLogin[•••••]";
    }
}
