package io.membersync.internal.admin;

import io.membersync.internal.secret.SecretSealer;
import io.membersync.model.Caller;
import io.membersync.secret.KeyUse;
import io.membersync.secret.MasterKeys;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The use of master keys, as one caller may see and change it. Safe for many threads. */
final class StoredMasterKeys implements MasterKeys {

    private final KeyRotation rotation;
    private final SecretSealer sealer;
    private final Access access;

    StoredMasterKeys(KeyRotation rotation, SecretSealer sealer, Caller caller) {
        this.rotation = rotation;
        this.sealer = sealer;
        this.access = new Access(caller);
    }

    @Override
    public List<KeyUse> inUse() {
        checkGlobal("see the use of master keys");
        String current = sealer.currentKeyId();
        Map<String, Long> secrets = new TreeMap<>(Map.of(current, 0L));
        Map<String, Long> staged = new TreeMap<>();
        rotation.each(text -> count(secrets, text), text -> count(staged, text));
        staged.keySet().forEach(key -> secrets.putIfAbsent(key, 0L));
        return secrets.entrySet().stream()
                .map(use -> new KeyUse(
                        use.getKey(),
                        use.getKey().equals(current),
                        sealer.knows(use.getKey()),
                        use.getValue(),
                        staged.getOrDefault(use.getKey(), 0L)))
                .toList();
    }

    private void count(Map<String, Long> counts, String sealed) {
        counts.merge(sealer.keyId(sealed), 1L, Long::sum);
    }

    @Override
    public int sealAnew() {
        checkGlobal("seal secrets anew");
        return rotation.sealAnew(access.caller().name());
    }

    private void checkGlobal(String action) {
        if (access.caller().role() == Caller.Role.ORGANIZATION_ADMINISTRATOR) {
            throw access.denied(action);
        }
    }
}
