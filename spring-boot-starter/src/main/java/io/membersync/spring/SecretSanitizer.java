package io.membersync.spring;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Masks the library's secrets wherever Actuator shows properties, also when it is told to show values, and under whatever
 * name a secret was handed in. Immutable.
 */
final class SecretSanitizer implements SanitizingFunction {

    private final MemberSyncProperties properties;

    SecretSanitizer(MemberSyncProperties properties) {
        this.properties = properties;
    }

    @Override
    public SanitizableData apply(SanitizableData data) {
        return namesSecret(data.getKey()) || isSecret(data.getValue()) ? data.withSanitizedValue() : data;
    }

    /** Names come as properties and as environment variables. */
    private static boolean namesSecret(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return letters.startsWith("membersynckeysknown") || letters.startsWith("membersyncvippscallbacksecret");
    }

    private boolean isSecret(@Nullable Object value) {
        return value instanceof String text
                && !text.isBlank()
                && (properties.keys().known().containsValue(text)
                        || text.equals(properties.vipps().callbackSecret()));
    }
}
