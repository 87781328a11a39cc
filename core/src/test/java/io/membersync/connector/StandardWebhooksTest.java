package io.membersync.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures by the specification's published example and others made by its reference libraries. */
class StandardWebhooksTest {

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIMESTAMP = 1614265330;
    private static final Instant NOW = Instant.ofEpochSecond(TIMESTAMP);
    private static final WebhookSecret SECRET = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final String PUBLISHED = "{\"test\": 2432232314}";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"test\": 2432232314}`, `v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=`",
                "`{\"name\":\"Bjørn Ødegård\"}`, `v1,mb9d5QH7BnEcknGiMBtWoOu7/Wh6RCu6R2DWjEM5YzQ=`",
                "``, `v1,v48jdbgvh29KJz2Qc+ghw8G6vG3nAKnujWBg8oM/62A=`",
            })
    void takesWhatIsRightlySigned(String body, String signature) {
        assertThat(fault(body, ID, signature, List.of(SECRET), NOW)).isEmpty();
        assertThat(StandardWebhooks.sign(SECRET, ID, NOW, body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(signature);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The secret's text as the key, instead of the bytes that it stands for.
                "v1,TcxlhK9b6UD6iVI1ZU2tTqp8PEVfYRseNNfa6b+LcUg=",
                // One character off.
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=",
                // Of another version, of none, and no Base64.
                "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1,****",
                "v1,",
            })
    void refusesWhatIsSignedOtherwise(String signature) {
        assertThat(fault(PUBLISHED, ID, signature, List.of(SECRET), NOW)).contains("no signature fits");
    }

    @Test
    void refusesWhatWasChangedOnTheWay() {
        assertThat(fault(PUBLISHED + " ", ID, SIGNATURE, List.of(SECRET), NOW)).isPresent();
        assertThat(fault(PUBLISHED, ID + "x", SIGNATURE, List.of(SECRET), NOW)).isPresent();
        assertThat(fault(PUBLISHED, "a.b", SIGNATURE, List.of(SECRET), NOW)).isPresent();
    }

    @Test
    void takesFiveMinutesOffBothWaysAndNoMore() {
        for (long off : List.of(-300L, 300L)) {
            assertThat(fault(PUBLISHED, ID, SIGNATURE, List.of(SECRET), NOW.plusSeconds(off)))
                    .isEmpty();
        }
        for (long off : List.of(-301L, 301L, 1L << 40)) {
            assertThat(fault(PUBLISHED, ID, SIGNATURE, List.of(SECRET), NOW.plusSeconds(off)))
                    .isPresent();
        }
    }

    @Test
    void takesEitherOfTwoSecretsAndAnyOfTheSignatures() {
        WebhookSecret other = new WebhookSecret("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
        String both = "v2,abc " + StandardWebhooks.sign(other, ID, NOW, PUBLISHED.getBytes(StandardCharsets.UTF_8))
                + " " + SIGNATURE;

        assertThat(fault(PUBLISHED, ID, SIGNATURE, List.of(other, SECRET), NOW)).isEmpty();
        assertThat(fault(PUBLISHED, ID, both, List.of(SECRET), NOW)).isEmpty();
        assertThat(fault(PUBLISHED, ID, SIGNATURE, List.of(other), NOW)).isPresent();
        assertThat(fault(PUBLISHED, ID, SIGNATURE, List.of(new WebhookSecret("plain")), NOW))
                .isPresent();
        assertThat(fault(PUBLISHED, ID, SIGNATURE, List.of(), NOW)).isPresent();
    }

    @Test
    void asksForEachHeaderOnce() {
        byte[] body = PUBLISHED.getBytes(StandardCharsets.UTF_8);
        Map<String, List<String>> all = Map.of(
                "Webhook-Id", List.of(ID),
                "WEBHOOK-TIMESTAMP", List.of(String.valueOf(TIMESTAMP)),
                "webhook-signature", List.of(SIGNATURE));
        assertThat(StandardWebhooks.fault(new WebhookRequest(all, body), List.of(SECRET), NOW))
                .isEmpty();
        for (String name : all.keySet()) {
            for (List<String> values : List.of(List.<String>of(), List.of(""), List.of("a", "b"))) {
                Map<String, List<String>> without = new HashMap<>(all);
                without.put(name, values);
                assertThat(StandardWebhooks.fault(new WebhookRequest(without, body), List.of(SECRET), NOW))
                        .as(name)
                        .contains("a header is missing or unusable");
            }
        }
    }

    private static Optional<String> fault(
            String body, String id, String signature, List<WebhookSecret> secrets, Instant now) {
        WebhookRequest request = new WebhookRequest(
                Map.of(
                        StandardWebhooks.ID,
                        List.of(id),
                        StandardWebhooks.TIMESTAMP,
                        List.of(String.valueOf(TIMESTAMP)),
                        StandardWebhooks.SIGNATURE,
                        List.of(signature)),
                body.getBytes(StandardCharsets.UTF_8));
        return StandardWebhooks.fault(request, secrets, now);
    }
}
