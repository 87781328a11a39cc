/** The MemberSync engine, its services, and the interfaces that connectors and storage implement. */
// The connectors that one package is exported to are compiled after this module.
@SuppressWarnings("module")
module io.membersync.core {
    exports io.membersync;
    exports io.membersync.alert;
    exports io.membersync.audit;
    exports io.membersync.conflict;
    exports io.membersync.connector;
    exports io.membersync.diff;
    exports io.membersync.enrichment;
    exports io.membersync.event;
    exports io.membersync.fault;
    exports io.membersync.health;
    exports io.membersync.http;
    exports io.membersync.mapping;
    exports io.membersync.matching;
    exports io.membersync.member;
    exports io.membersync.meta;
    exports io.membersync.meter;
    exports io.membersync.model;
    exports io.membersync.outbox;
    exports io.membersync.plan;
    exports io.membersync.run;
    exports io.membersync.secret;
    exports io.membersync.setup;
    exports io.membersync.storage;
    exports io.membersync.storage.memory;

    // What our own connectors share; it speaks the JSON parser's types, which no exported package may.
    exports io.membersync.internal.json to
            io.membersync.connectors.consio,
            io.membersync.connectors.cornerstone,
            io.membersync.connectors.dynamics;

    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires io.github.resilience4j.circuitbreaker;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.ratelimiter;
    requires io.github.resilience4j.retry;
    requires transitive jakarta.validation;
    requires java.net.http;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires static transitive org.jspecify;

    uses io.membersync.connector.ConnectorFactory;
}
