/** Verifies Vipps logins and gives registries the personnummer that they bring. */
module io.membersync.vipps {
    exports io.membersync.vipps;

    requires com.nimbusds.jose.jwt;
    requires transitive io.membersync.core;
    requires static transitive org.jspecify;
}
