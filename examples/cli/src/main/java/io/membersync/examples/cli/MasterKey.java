package io.membersync.examples.cli;

import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.Violation;
import io.membersync.secret.KeyProvider;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
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
        throw new InvalidConfigurationException(
                "The configuration",
                List.of(new Violation("masterKey", "is not 32 bytes in base64 (openssl rand -base64 32)")));
    }

    static KeyProvider provider(byte[] key) {
        return KeyProvider.of(new KeyProvider.MasterKey("cli", key));
    }

    private static String besideDatabase(Path database) {
        Path file = Path.of(database + ".key");
        try {
            if (Files.notExists(file)) {
                byte[] fresh = new byte[LENGTH];
                new SecureRandom().nextBytes(fresh);
                Files.createFile(file, ownerOnly());
                Files.writeString(file, Base64.getEncoder().encodeToString(fresh));
            }
            return Files.readString(file).strip();
        } catch (IOException failed) {
            throw new InvalidConfigurationException(
                    "The configuration",
                    List.of(new Violation("masterKey", "is kept in " + file + ", which cannot be read or made")));
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
