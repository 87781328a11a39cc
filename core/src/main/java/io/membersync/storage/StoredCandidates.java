package io.membersync.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.membersync.matching.Candidate;
import io.membersync.matching.MatchKey;
import io.membersync.model.ExternalId;
import io.membersync.model.MemberId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Members in question: each an array of the member, the record that it is taken by or null, and the keys. */
final class StoredCandidates {

    private StoredCandidates() {}

    static void write(JsonGenerator out, List<Candidate> candidates) throws IOException {
        out.writeStartArray();
        for (Candidate candidate : candidates) {
            out.writeStartArray();
            out.writeString(candidate.member().value());
            out.writeString(candidate.takenBy().map(ExternalId::value).orElse(null));
            for (MatchKey key : candidate.keys()) {
                out.writeString(key.name());
            }
            out.writeEndArray();
        }
        out.writeEndArray();
    }

    static List<Candidate> read(JsonParser in) throws IOException {
        JsonText.expect(in.currentToken() == JsonToken.START_ARRAY);
        List<Candidate> candidates = new ArrayList<>();
        while (in.nextToken() == JsonToken.START_ARRAY) {
            in.nextToken();
            MemberId member = MemberId.of(JsonText.text(in));
            Optional<ExternalId> takenBy = in.nextToken() == JsonToken.VALUE_STRING
                    ? Optional.of(ExternalId.of(in.getText()))
                    : Optional.empty();
            Set<MatchKey> keys = EnumSet.noneOf(MatchKey.class);
            while (in.nextToken() == JsonToken.VALUE_STRING) {
                keys.add(MatchKey.valueOf(in.getText()));
            }
            candidates.add(new Candidate(member, keys, takenBy));
        }
        return candidates;
    }
}
