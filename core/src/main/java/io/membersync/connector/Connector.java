package io.membersync.connector;

import java.util.Optional;

/**
 * One integration's way to its member system. What is not there is not offered: no method throws
 * {@link UnsupportedOperationException}. Safe for many threads; reading is done by one run at a time.
 */
public interface Connector extends AutoCloseable {

    /**
     * Asks the system who it is, with as few requests as it takes, mostly one, and no retry.
     *
     * @return what it answered, or a typed failure that names key, base URL or network
     */
    ConnectionReport test();

    /** {@return what works, and why the rest does not} */
    Abilities abilities();

    /** {@return the reader of all members} */
    FullReader fullReader();

    /** {@return the reader of changes, where the system has a change feed} */
    Optional<DeltaReader> deltaReader();

    /** {@return the reader of single members, where the system answers for one} */
    Optional<SingleReader> singleReader();

    /** {@return the writer, where the system takes changes} */
    Optional<RecordWriter> writer();

    /**
     * {@return what tells genuine webhooks, where the system and its plan send any, as far as is known} Makes no request:
     * anybody can send something that looks like a webhook.
     */
    default Optional<WebhookReader> webhooks() {
        return Optional.empty();
    }

    /** {@return what gives the system a member's personnummer, where it takes one} */
    default Optional<NationalIdWriter> nationalIds() {
        return Optional.empty();
    }

    /** {@return what tells the registry's fields, where it describes itself} */
    default Optional<SchemaReader> schema() {
        return Optional.empty();
    }

    /** Releases what the connector holds; the gateway belongs to the engine. Idempotent. */
    @Override
    void close();
}
