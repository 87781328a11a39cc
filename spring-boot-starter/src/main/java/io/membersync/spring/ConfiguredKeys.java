package io.membersync.spring;

import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.secret.KeyProvider;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The master keys that the host's properties hold. Immutable. */
final class ConfiguredKeys implements KeyProvider {

    private static final String CURRENT = "membersync.keys.current";
    private static final String KNOWN = "membersync.keys.known";

    private final MasterKey current;
    private final Map<String, MasterKey> known;

    private ConfiguredKeys(MasterKey current, Map<String, MasterKey> known) {
        this.current = current;
        this.known = known;
    }

    /** Gives the keys, or nothing when none are set. Messages never quote a value: it may be a key in the wrong place. */
    static Optional<KeyProvider> of(MemberSyncProperties.Keys keys) {
        String id = keys.current();
        if (id == null && keys.known().isEmpty()) {
            return Optional.empty();
        }
        List<Violation> violations = new ArrayList<>();
        Map<String, MasterKey> known = new HashMap<>();
        keys.known().forEach((name, text) -> {
            try {
                known.put(name, new MasterKey(name, Base64.getDecoder().decode(text.strip())));
            } catch (IllegalArgumentException broken) {
                violations.add(new Violation(
                        KNOWN + "." + name,
                        "needs an id of 1 to 40 letters, digits, dots and hyphens, and 32 bytes in base64 (openssl rand"
                                + " -base64 32)"));
            }
        });
        if (id == null) {
            violations.add(new Violation(CURRENT, "is missing: the id of the key that new secrets are sealed with"));
        } else if (!keys.known().containsKey(id)) {
            violations.add(new Violation(CURRENT, "is the id of no key under " + KNOWN));
        }
        MasterKey current = id == null ? null : known.get(id);
        if (!violations.isEmpty() || current == null) {
            throw new InvalidConfigurationException("The configuration of master keys", violations);
        }
        return Optional.of(new ConfiguredKeys(current, known));
    }

    @Override
    public MasterKey current() {
        return current;
    }

    @Override
    public Optional<MasterKey> find(String id) {
        return Optional.ofNullable(known.get(id));
    }
}
