package io.membersync.internal.secret;

import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.secret.KeyProvider;
import io.membersync.secret.KeyProvider.MasterKey;
import io.membersync.secret.UnopenableSecretException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Seals secrets for storage. Every secret has a fresh data key, which is sealed under the host's master key; both seals
 * are bound to the secret's owner, so that a sealed secret opens for nobody else and nowhere else.
 *
 * <p>Threads: safe for many.
 */
public final class SecretSealer {

    private final KeyProvider keys;
    private final Aead aead;

    /**
     * Makes a sealer.
     *
     * @param keys the host's master keys
     */
    public SecretSealer(KeyProvider keys) {
        this(keys, new SecureRandom());
    }

    SecretSealer(KeyProvider keys, SecureRandom random) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.aead = new Aead(random);
    }

    /**
     * Names the owner of an integration's secret. The endpoint's origin is part of it, so that a secret cannot be sent
     * to another server by changing the endpoint alone.
     *
     * @param organization the organization
     * @param integration its integration
     * @param field the setting that holds the secret, such as {@code apiKey}; without control characters
     * @param endpoint the base URL; its path does not count
     * @return a text that differs for every owner
     */
    public static String owner(OrganizationId organization, IntegrationId integration, String field, URI endpoint) {
        String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(endpoint.getHost()).toLowerCase(Locale.ROOT);
        int port = endpoint.getPort() >= 0 ? endpoint.getPort() : scheme.equals("http") ? 80 : 443;
        // Ids hold no control characters, so the line feeds keep the parts apart.
        return String.join("\n", organization.value(), integration.value(), field, scheme + "://" + host + ":" + port);
    }

    /**
     * Names the owner of something personal that waits for an integration.
     *
     * @param organization the organization
     * @param integration its integration
     * @param member whom it is about
     * @param what what it is, such as {@code nationalId}; without control characters
     * @return a text that differs for every owner
     */
    public static String owner(OrganizationId organization, IntegrationId integration, MemberId member, String what) {
        return String.join("\n", "person", organization.value(), integration.value(), member.value(), what);
    }

    /**
     * Names the owner of a key that an organization's hashes are made with.
     *
     * @param organization the organization
     * @return a text that differs for every owner
     */
    public static String hashKeyOwner(OrganizationId organization) {
        return String.join("\n", "hash key", organization.value());
    }

    /**
     * Seals a secret under the current master key. Two calls never give the same text.
     *
     * @param owner whom it belongs to, as {@link #owner} names it
     * @param secret the secret
     * @return ASCII letters, digits, hyphens and underscores: about 160 characters and four for every three bytes of the
     *     secret
     * @throws UnopenableSecretException when the key provider fails
     */
    public String seal(String owner, String secret) {
        MasterKey master = asked(keys::current);
        byte[] masterBytes = master.reveal();
        byte[] dataKey = aead.newKey();
        byte[] plain = secret.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] wrapped = aead.seal(masterBytes, associated("data key", master.id(), owner), dataKey);
            byte[] sealed = aead.seal(dataKey, associated("secret", master.id(), owner), plain);
            return new SealedText(master.id(), wrapped, sealed).written();
        } finally {
            wipe(masterBytes, dataKey, plain);
        }
    }

    /**
     * Opens a secret.
     *
     * @param owner whom it was sealed for
     * @param sealed what {@link #seal} gave
     * @return the secret
     * @throws UnopenableSecretException when it was sealed for another owner, was changed, has a version of another
     *     release, or its master key is gone
     */
    public String open(String owner, String sealed) {
        SealedText text = SealedText.read(sealed);
        byte[] masterBytes = masterOf(text).reveal();
        byte[] dataKey = new byte[0];
        byte[] plain = dataKey;
        try {
            dataKey = aead.open(masterBytes, associated("data key", text.keyId(), owner), text.wrappedKey());
            plain = aead.open(dataKey, associated("secret", text.keyId(), owner), text.sealed());
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw SealedText.damaged(e);
        } finally {
            wipe(masterBytes, dataKey, plain);
        }
    }

    /**
     * Tells whether a secret should be sealed anew because the host has moved on to another master key.
     *
     * @param sealed what {@link #seal} gave
     * @return true when it was sealed under another key than the current one
     * @throws UnopenableSecretException when it cannot be read
     */
    public boolean outdated(String sealed) {
        return !SealedText.read(sealed).keyId().equals(currentKeyId());
    }

    /**
     * Seals a secret anew, with a fresh data key, unless it is under the current master key already.
     *
     * @param owner whom it was sealed for
     * @param sealed what {@link #seal} gave
     * @return the secret under the current key; nothing when it was so before
     * @throws UnopenableSecretException as {@link #open} does
     */
    public Optional<String> sealedAnew(String owner, String sealed) {
        return keyId(sealed).equals(currentKeyId()) ? Optional.empty() : Optional.of(seal(owner, open(owner, sealed)));
    }

    /**
     * Tells which master key a secret is sealed under.
     *
     * @param sealed what {@link #seal} gave
     * @return the key's name
     * @throws UnopenableSecretException when it is damaged
     */
    public String keyId(String sealed) {
        return SealedText.read(sealed).keyId();
    }

    /** {@return the name of the key that is sealed under now} */
    public String currentKeyId() {
        return asked(keys::current).id();
    }

    /**
     * Tells whether the host has a key.
     *
     * @param keyId its name
     * @return whether it has
     */
    public boolean knows(String keyId) {
        return asked(() -> keys.find(keyId)).isPresent();
    }

    private MasterKey masterOf(SealedText text) {
        // Only what can be a key's id is asked for and shown.
        if (!text.keyId().matches("[A-Za-z0-9.-]+")) {
            throw SealedText.damaged(null);
        }
        return asked(() -> keys.find(text.keyId()))
                .orElseThrow(() -> new UnopenableSecretException(
                        "A secret is sealed under the master key '" + text.keyId()
                                + "', which the key provider does not have; bring the key back or enter the secret"
                                + " again",
                        null));
    }

    /** What a host's own code throws may say anything: only its class is told. */
    private static <T> T asked(Supplier<T> key) {
        try {
            return Objects.requireNonNull(key.get(), "key");
        } catch (RuntimeException failed) {
            throw new UnopenableSecretException(
                    "The key provider gave no master key, but a "
                            + failed.getClass().getName()
                            + "; nothing can be sealed or opened until it gives its keys again: see to it, and try"
                            + " again",
                    null);
        }
    }

    private static byte[] associated(String purpose, String keyId, String owner) {
        return String.join("\n", "membersync", Byte.toString(SealedText.VERSION), purpose, keyId, owner)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void wipe(byte[]... secrets) {
        for (byte[] secret : secrets) {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
