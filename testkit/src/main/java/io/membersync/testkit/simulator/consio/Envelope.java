package io.membersync.testkit.simulator.consio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.internal.MemberJson;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.JsonBytes;
import java.util.List;

/** The wrapping of every answer. */
final class Envelope {

    private Envelope() {}

    static Answer ok(JsonNode data) {
        ObjectNode body = start("OK", 200);
        body.set("data", data);
        return MemberJson.answer(200, body);
    }

    /** Answers that something was done, with a code and nothing else. */
    static Answer done(String code) {
        ObjectNode body = start("OK", 200);
        body.withArray("meldinger").addObject().put("kode", code).put("tekst", "Utført");
        return MemberJson.answer(200, body);
    }

    static Answer failed(int status, String code, String text, String field) {
        return failedWith(status, status, code, text, field);
    }

    /** Answers a business error, which comes with status 200. */
    static Answer refused(String code, String text, String field) {
        return failedWith(200, 200, code, text, field);
    }

    private static Answer failedWith(int http, int status, String code, String text, String field) {
        ObjectNode body = start("FEIL", status);
        ObjectNode message =
                body.withArray("meldinger").addObject().put("kode", code).put("tekst", text);
        if (!field.isEmpty()) {
            message.put("felt", field);
        }
        return MemberJson.answer(http, body);
    }

    private static ObjectNode start(String status, int http) {
        ObjectNode body = MemberJson.object().put("status", status).put("http", http);
        body.withArray("meldinger");
        return body;
    }

    /** Answers one member as it is kept, byte for byte. */
    static Answer member(byte[] record) {
        JsonBytes out = new JsonBytes(record.length + 64);
        out.ascii("{\"status\":\"OK\",\"http\":200,\"meldinger\":[],\"data\":")
                .raw(record)
                .ascii("}");
        return Answer.of(200, "application/json; charset=utf-8", out.toByteArray());
    }

    /** Answers a page of members as they are kept, byte for byte. */
    static Answer page(int page, int pages, int size, int total, List<byte[]> records) {
        JsonBytes out =
                new JsonBytes(records.stream().mapToInt(r -> r.length + 1).sum() + 128);
        out.ascii("{\"status\":\"OK\",\"http\":200,\"meldinger\":[],\"side\":").number(page);
        out.ascii(",\"sider\":").number(pages).ascii(",\"antall\":").number(size);
        out.ascii(",\"total\":").number(total).ascii(",\"data\":[");
        for (int i = 0; i < records.size(); i++) {
            out.ascii(i == 0 ? "" : ",").raw(records.get(i));
        }
        return Answer.of(200, "application/json; charset=utf-8", out.ascii("]}").toByteArray());
    }
}
