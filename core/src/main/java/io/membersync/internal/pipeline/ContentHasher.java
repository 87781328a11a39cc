package io.membersync.internal.pipeline;

import io.membersync.mapping.ContentHash;
import io.membersync.model.Affiliation;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Hashes the canonical form of a mapped record: SHA-256, cut to 128 bits. It beats MD5 where the processor has SHA
 * instructions. Reuses one buffer, so it is for one thread.
 */
final class ContentHasher {

    private final int fingerprint;
    private final MessageDigest digest;
    private final byte[] result = new byte[32];
    private byte[] buffer = new byte[1024];
    private int length;

    ContentHasher(int mappingFingerprint) {
        this.fingerprint = mappingFingerprint;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    void start() {
        length = 0;
        putInt(fingerprint);
    }

    void add(MemberField field, FieldValue value) {
        putText(field.key());
        putValue(field.canonical(value));
    }

    ContentHash finish() {
        digest.update(buffer, 0, length);
        try {
            digest.digest(result, 0, result.length);
        } catch (DigestException e) {
            throw new IllegalStateException("The buffer holds a whole SHA-256", e);
        }
        return new ContentHash(longAt(0), longAt(8));
    }

    private void putValue(FieldValue value) {
        if (value instanceof FieldValue.Text text) {
            put((byte) 1);
            putText(text.text());
        } else if (value instanceof FieldValue.Day day) {
            put((byte) 2);
            putInt((int) day.date().toEpochDay());
        } else if (value instanceof FieldValue.Flag flag) {
            put((byte) (flag.on() ? 4 : 3));
        } else if (value instanceof FieldValue.Codes codes) {
            put((byte) 5);
            putInt(codes.codes().size());
            codes.codes().forEach(this::putText);
        } else if (value instanceof FieldValue.Affiliations affiliations) {
            put((byte) 6);
            putInt(affiliations.units().size());
            for (Affiliation unit : affiliations.units()) {
                put((byte) (unit.home() ? 1 : 0));
                putText(unit.unit());
            }
        } else if (value instanceof FieldValue.Hidden hidden) {
            put((byte) 7);
            putText(hidden.keyedHash());
        } else {
            put((byte) 0);
        }
    }

    // Two bytes a character: as unambiguous as UTF-8 for hashing, and without an encoder.
    private void putText(String text) {
        putInt(text.length());
        room(text.length() * 2);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            buffer[length++] = (byte) (c >> 8);
            buffer[length++] = (byte) c;
        }
    }

    private void putInt(int number) {
        room(4);
        buffer[length++] = (byte) (number >> 24);
        buffer[length++] = (byte) (number >> 16);
        buffer[length++] = (byte) (number >> 8);
        buffer[length++] = (byte) number;
    }

    private void put(byte b) {
        room(1);
        buffer[length++] = b;
    }

    private void room(int bytes) {
        if (length + bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
        }
    }

    private long longAt(int from) {
        long number = 0;
        for (int i = from; i < from + 8; i++) {
            number = number << 8 | (result[i] & 0xff);
        }
        return number;
    }
}
