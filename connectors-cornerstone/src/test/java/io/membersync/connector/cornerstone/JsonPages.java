package io.membersync.connector.cornerstone;

import io.membersync.connector.RegistryRecord;
import io.membersync.connector.RegistryRecord.Present;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.RawValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pages of JSON as tests write them: with single quotes. */
final class JsonPages {

    static final String WHAT = "Integration 'hlf', GET /members";

    static final CornerstoneJson JSON = new CornerstoneJson(CornerstoneProfile.assumed());

    private JsonPages() {}

    static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    static List<RegistryRecord> members(String... records) {
        return JSON.members(WHAT, bytes("{'data':[" + String.join(",", records) + "],'next':null}"))
                .records();
    }

    static RegistryRecord event(String event) {
        return JSON.changes(WHAT, bytes("{'data':[" + event + "],'next':'f_1','hasMore':false}"))
                .records()
                .get(0);
    }

    static RawValue read(String member, String path) {
        return ((Present) members(member).get(0)).body().read(FieldPath.parse(path));
    }

    static byte[] broken(String before, String after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(before));
        out.writeBytes(new byte[] {'N', (byte) 0xC3, 0x28, (byte) 0xFF});
        out.writeBytes(bytes(after));
        return out.toByteArray();
    }
}
