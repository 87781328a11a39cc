package io.membersync.secret;

import java.util.List;

/**
 * What is sealed under which of the host's master keys. To change the key while everything runs, let the
 * {@link KeyProvider} give a new {@code current} key and still find the old one, on every node; within a minute the
 * engine seals everything anew. Once the old key is no longer in use here, let go of it. Safe for many threads.
 */
public interface MasterKeys {

    /**
     * Tells what is sealed under which key. Looks at everything that is sealed.
     *
     * @return the current key, and every other that something is sealed under, by name
     * @throws io.membersync.fault.AccessDeniedException when the caller is neither a global administrator nor the host
     * @throws UnopenableSecretException when the key provider fails
     */
    List<KeyUse> inUse();

    /**
     * Seals everything under the current key now. What does not open, since its key is gone, stays as it is.
     *
     * @return how many secrets were sealed anew
     * @throws io.membersync.fault.AccessDeniedException when the caller is neither a global administrator nor the host
     * @throws UnopenableSecretException when the key provider fails; nothing was sealed then
     */
    int sealAnew();
}
