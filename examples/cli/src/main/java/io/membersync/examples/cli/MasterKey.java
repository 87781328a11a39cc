package io.membersync.examples.cli;

import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.secret.KeyProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** Finds the key that seals credentials in the database: the configuration's own, or one in a file beside the database. */
final class MasterKey {

    private static final int LENGTH = 32;

    private MasterKey() {}

    static byte[] of(Configuration configuration) {
        String text = configuration
                .masterKey()
                .map(Secret::reveal)
                .orElseGet(() -> configuration
                        .database()
                        .file()
                        .map(MasterKey::besideDatabase)
                        .orElse(""));
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length == LENGTH) {
                return bytes;
            }
        } catch (IllegalArgumentException noBase64) {
            // Told below, like a wrong length.
        }
        throw refused("masterKey", "is not 32 bytes in base64 (openssl rand -base64 32)");
    }

    static KeyProvider provider(byte[] key) {
        return KeyProvider.of(new KeyProvider.MasterKey("cli", key));
    }

    private static String besideDatabase(Path database) {
        Path file = Path.of(database + ".key");
        if (!Files.exists(file)) {
            make(file);
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException failed) {
            throw refused("masterKey", "is kept in " + file + ", which cannot be read");
        }
    }

    private static void make(Path file) {
        byte[] fresh = new byte[LENGTH];
        new SecureRandom().nextBytes(fresh);
        try {
            OwnersFile.create(file);
            Files.writeString(file, Base64.getEncoder().encodeToString(fresh));
        } catch (IOException failed) {
            throw refused("storage.file", "is in a folder in which no file can be made: " + file.getParent());
        }
    }

    private static InvalidConfigurationException refused(String field, String why) {
        return new InvalidConfigurationException("The configuration", List.of(new Violation(field, why)));
    }
}
