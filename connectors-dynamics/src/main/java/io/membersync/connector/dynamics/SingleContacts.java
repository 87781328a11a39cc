package io.membersync.connector.dynamics;

import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.connector.SingleReader;
import io.membersync.http.GatewayResponse;
import io.membersync.internal.json.JsonAnswer;
import io.membersync.model.ExternalId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads single contacts: by their ids, fifty in a request, and by member number. Safe for many threads. */
final class SingleContacts implements SingleReader {

    private static final int MOST = 100;
    // Fifty ids make an address of some 4,000 characters, which every proxy on the way lets pass.
    private static final int IN_A_REQUEST = 50;
    // Dataverse takes none of these in a key, encoded or not.
    private static final Pattern REFUSED_IN_KEYS = Pattern.compile("[/<>*%&:\\\\?+]");

    private final DynamicsProfile profile;
    private final DataverseCalls calls;
    private final ContactPages pages;
    private final InstantSource time;

    SingleContacts(DynamicsProfile profile, DataverseCalls calls, ContactPages pages, InstantSource time) {
        this.profile = profile;
        this.calls = calls;
        this.pages = pages;
        this.time = time;
    }

    @Override
    public Page read(Collection<ExternalId> ids) {
        if (ids.size() > MOST) {
            throw new IllegalArgumentException("At most " + MOST + " members are read at once");
        }
        Instant readAt = time.instant();
        List<ExternalId> asked = ids.stream()
                .filter(id -> ContactPages.isId(id.value()))
                .distinct()
                .toList();
        Map<ExternalId, RegistryRecord> found = new HashMap<>();
        for (int from = 0; from < asked.size(); from += IN_A_REQUEST) {
            List<ExternalId> some = asked.subList(from, Math.min(asked.size(), from + IN_A_REQUEST));
            GatewayResponse answer = calls.filtered(anyOf(some), some.size());
            found.putAll(byId(answer));
        }
        List<RegistryRecord> records = new ArrayList<>(ids.size());
        // What is no GUID never was a contact's id.
        ids.forEach(id -> records.add(found.getOrDefault(id, new RegistryRecord.Gone(id, "deleted"))));
        return new Page(records, Optional.empty(), Page.Ending.COMPLETE, Optional.empty(), readAt);
    }

    /** Reads one contact. */
    RegistryRecord read(ExternalId id) {
        return read(List.of(id)).records().get(0);
    }

    /**
     * Finds a contact by its member number, through the alternate key where the number can stand in one.
     *
     * @return the record; nothing when no contact has the number
     */
    Optional<RegistryRecord> find(String memberNumber) {
        String literal = URLEncoder.encode(memberNumber.replace("'", "''"), StandardCharsets.UTF_8)
                .replace("+", "%20");
        String what = calls.what("GET", DynamicsProfile.ROWS + "(key)");
        if (REFUSED_IN_KEYS.matcher(memberNumber).find()) {
            String filter = profile.names().memberNumber() + "%20eq%20'" + literal + "'";
            return pages.page(what, calls.filtered(filter, 2).body()).records().stream()
                    .findFirst();
        }
        GatewayResponse answer = calls.byKey(literal);
        if (answer.status() != 404) {
            return Optional.of(pages.row(what, answer.body()));
        }
        if (DataverseError.of(answer.body())
                .filter(DataverseError::saysRowMissing)
                .isPresent()) {
            return Optional.empty();
        }
        throw JsonAnswer.unreadable(what, "with status 404 did not come from the registry's contacts");
    }

    private String anyOf(List<ExternalId> ids) {
        return ids.stream()
                .map(id -> profile.names().id() + "%20eq%20" + id.value())
                .collect(Collectors.joining("%20or%20"));
    }

    private Map<ExternalId, RegistryRecord> byId(GatewayResponse answer) {
        String what = calls.what("GET", DynamicsProfile.ROWS + " by id");
        ContactPages.Envelope page = pages.page(what, answer.body());
        Map<ExternalId, RegistryRecord> found = new HashMap<>();
        for (RegistryRecord record : page.records()) {
            ExternalId id = idOf(record).orElseThrow(() -> JsonAnswer.unreadable(what, "has a row without an id"));
            found.put(id, record);
        }
        if (page.next().isPresent()) {
            throw JsonAnswer.unreadable(what, "breaks off before its end");
        }
        return found;
    }

    private static Optional<ExternalId> idOf(RegistryRecord record) {
        if (record instanceof RegistryRecord.Present present) {
            return Optional.of(present.externalId());
        } else if (record instanceof RegistryRecord.Merged merged) {
            return Optional.of(merged.externalId());
        } else if (record instanceof RegistryRecord.Gone gone) {
            return Optional.of(gone.externalId());
        }
        return ((RegistryRecord.Unreadable) record).externalId();
    }
}
