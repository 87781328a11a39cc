package io.membersync.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.model.MemberField;
import io.membersync.setup.Workflow;
import io.membersync.setup.WorkflowOwner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Workflows with their owners. Fields are written sorted, so that the same claims always have the same text. */
final class StoredClaims {

    private StoredClaims() {}

    static void write(JsonGenerator out, List<Workflow.Claim> claims) throws IOException {
        out.writeStartArray();
        for (Workflow.Claim claim : claims) {
            out.writeStartObject();
            out.writeStringField("workflow", claim.workflow().name());
            out.writeStringField("owner", claim.owner().name());
            out.writeArrayFieldStart("fields");
            for (MemberField field : claim.workflow().fields().stream().sorted().toList()) {
                out.writeString(StoredText.field(field));
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static List<Workflow.Claim> read(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_ARRAY);
        List<Workflow.Claim> claims = new ArrayList<>();
        while (in.nextToken() == JsonToken.START_OBJECT) {
            claims.add(claim(in));
        }
        return claims;
    }

    private static Workflow.Claim claim(JsonParser in) throws IOException {
        @Nullable String name = null;
        @Nullable String owner = null;
        Set<MemberField> fields = new HashSet<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String part = in.currentName();
            in.nextToken();
            switch (part) {
                case "workflow" -> name = JsonText.text(in);
                case "owner" -> owner = JsonText.text(in);
                case "fields" -> {
                    while (in.nextToken() == JsonToken.VALUE_STRING) {
                        fields.add(StoredText.field(in.getText()));
                    }
                }
                default -> in.skipChildren();
            }
        }
        return new Workflow(Objects.requireNonNull(name, "workflow"), fields)
                .ownedBy(WorkflowOwner.valueOf(Objects.requireNonNull(owner, "owner")));
    }
}
