package io.membersync.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.membersync.fault.MemberSyncException;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.secret.KeyProvider;
import io.membersync.secret.KeyProvider.MasterKey;
import io.membersync.secret.UnopenableSecretException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSealerTest {

    private static final String OWNER = owner("hlf", "hlf-dynamics", "apiKey", "https://h.test/api");
    private static final MasterKey OLD = key("k-2025", 1);
    private static final MasterKey NEW = key("k-2026", 2);

    private final SecretSealer sealer = new SecretSealer(KeyProvider.of(OLD));

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "cs_live_4711", "pæssørd med blanke ✓ 😀"})
    void opensWhatItSealed(String secret) {
        String sealed = sealer.seal(OWNER, secret);
        assertThat(sealer.open(OWNER, sealed)).isEqualTo(secret);
        assertThat(sealed).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void neverSealsTheSameWayTwice() {
        Set<String> sealed = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            sealed.add(sealer.seal(OWNER, "secret"));
        }
        assertThat(sealed).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anySecretAndOwnerGoThereAndBackAndOpenForNobodyElse(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            String owner = text(random, 60);
            String other = text(random, 60);
            String secret = text(random, 300);
            String sealed = sealer.seal(owner, secret);
            assertThat(sealer.open(owner, sealed))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(secret);
            if (!other.equals(owner)) {
                assertThat(catchThrowable(() -> sealer.open(other, sealed)))
                        .as("seed %d, round %d", seed, i)
                        .isInstanceOf(UnopenableSecretException.class);
            }
        }
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] bytes = Base64.getUrlDecoder().decode(sealer.seal(OWNER, "secret"));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertUnopenable(Base64.getUrlEncoder().withoutPadding().encodeToString(flipped));
        }
    }

    @Test
    void everyChangedLetterIsNoticed() {
        String sealed = sealer.seal(OWNER, "secrets");
        for (int i = 0; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            assertUnopenable(sealed.substring(0, i) + other + sealed.substring(i + 1));
        }
        // Letters whose last bits mean nothing decode to the same bytes.
        for (char last : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
            String changed = sealed.substring(0, sealed.length() - 1) + last;
            if (!changed.equals(sealed)) {
                assertUnopenable(changed);
            }
        }
    }

    @Test
    void everyCutIsNoticed() {
        String sealed = sealer.seal(OWNER, "secret");
        for (int i = 0; i < sealed.length(); i++) {
            assertUnopenable(sealed.substring(0, i));
        }
        assertUnopenable(sealed + "AAAA");
        assertUnopenable(sealed + "=");
        assertUnopenable(" " + sealed);
        assertUnopenable("not base64!");
    }

    @Test
    void partsOfTwoSealedSecretsDoNotMix() {
        SealedText one = SealedText.read(sealer.seal(OWNER, "one"));
        SealedText two = SealedText.read(sealer.seal(OWNER, "two"));
        assertUnopenable(new SealedText(one.keyId(), one.wrappedKey(), two.sealed()).written());
    }

    @Test
    void anotherVersionIsNamed() {
        byte[] bytes = Base64.getUrlDecoder().decode(sealer.seal(OWNER, "secret"));
        bytes[0] = 2;
        assertThatThrownBy(() -> sealer.open(
                        OWNER, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                .isInstanceOf(UnopenableSecretException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void aMasterKeyThatIsGoneIsNamed() {
        String sealed = sealer.seal(OWNER, "secret");
        SecretSealer without = new SecretSealer(KeyProvider.of(NEW));
        assertThatThrownBy(() -> without.open(OWNER, sealed))
                .isInstanceOf(UnopenableSecretException.class)
                .isInstanceOf(MemberSyncException.class)
                .hasMessageContaining("k-2025");
    }

    @Test
    void anotherKeyOfTheSameNameDoesNotOpen() {
        String sealed = sealer.seal(OWNER, "secret");
        SecretSealer impostor = new SecretSealer(KeyProvider.of(key("k-2025", 9)));
        assertThatThrownBy(() -> impostor.open(OWNER, sealed)).isInstanceOf(UnopenableSecretException.class);
    }

    @Test
    void secretsOutliveARotationAndTellThatTheyAreOutdated() {
        String before = sealer.seal(OWNER, "secret");
        SecretSealer rotated = new SecretSealer(rotated());
        assertThat(rotated.open(OWNER, before)).isEqualTo("secret");
        assertThat(rotated.outdated(before)).isTrue();
        String after = rotated.seal(OWNER, rotated.open(OWNER, before));
        assertThat(rotated.outdated(after)).isFalse();
        assertThat(rotated.open(OWNER, after)).isEqualTo("secret");
    }

    @Test
    void theOwnerIsOrganizationIntegrationFieldAndOrigin() {
        String same = owner("hlf", "hlf-dynamics", "apiKey", "HTTPS://H.test:443/other/path");
        assertThat(same).isEqualTo(OWNER);
        assertThat(Set.of(
                        owner("nbf", "hlf-dynamics", "apiKey", "https://h.test"),
                        owner("hlf", "other", "apiKey", "https://h.test"),
                        owner("hlf", "hlf-dynamics", "secret", "https://h.test"),
                        owner("hlf", "hlf-dynamics", "apiKey", "http://h.test"),
                        owner("hlf", "hlf-dynamics", "apiKey", "https://h.test:8443"),
                        owner("hlf", "hlf-dynamics", "apiKey", "https://evil.test"),
                        OWNER))
                .hasSize(7);
    }

    @Test
    void noFailureRepeatsTheSecretOrItsOwner() {
        String sealed = sealer.seal("owner-CANARY", "secret-CANARY");
        StringWriter text = new StringWriter();
        catchThrowable(() -> sealer.open("other-CANARY", sealed)).printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).contains("UnopenableSecretException").doesNotContain("CANARY");
        assertThat(SealedText.read(sealed)).hasToString("SealedText[k-2025]");
    }

    private void assertUnopenable(String sealed) {
        assertThatThrownBy(() -> sealer.open(OWNER, sealed)).isInstanceOf(UnopenableSecretException.class);
    }

    private static String owner(String organization, String integration, String field, String endpoint) {
        return SecretSealer.owner(
                OrganizationId.of(organization), IntegrationId.of(integration), field, URI.create(endpoint));
    }

    private static MasterKey key(String id, int seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return new MasterKey(id, bytes);
    }

    private static KeyProvider rotated() {
        return new KeyProvider() {
            @Override
            public MasterKey current() {
                return NEW;
            }

            @Override
            public Optional<MasterKey> find(String id) {
                return Optional.ofNullable(Map.of(OLD.id(), OLD, NEW.id(), NEW).get(id));
            }
        };
    }

    private static String text(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append((char) (' ' + random.nextInt(0x2000)));
        }
        return text.toString();
    }
}
