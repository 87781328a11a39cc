package io.membersync.testkit.simulator.dataverse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.dataverse.ContactTable.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Writes rows with the selected columns. Threads: safe for many threads. */
final class RowWriter {

    private static final Set<String> OPTIONS =
            Set.of("$select", "$filter", "$orderby", "$top", "$count", "$expand", "$skiptoken", "$deltatoken", "$skip");

    private final DataverseSwitches switches;
    private final Map<String, RowDamage> damages = new ConcurrentHashMap<>();

    RowWriter(DataverseSwitches switches) {
        this.switches = switches;
    }

    void damage(String id, RowDamage damage) {
        damages.put(id, damage);
    }

    void heal() {
        damages.clear();
    }

    /** {@return what is wrong with the query's options or its {@code $select}} */
    Optional<Answer> refusal(Map<String, String> query) {
        for (String option : query.keySet()) {
            if (!OPTIONS.contains(option)) {
                switches.note("an unknown query option was sent");
            }
        }
        for (String name : selected(query)) {
            if (switches.columns().stream()
                    .noneMatch(column -> column.property().equals(name))) {
                return Optional.of(ODataAnswer.badRequest(
                        ODataAnswer.UNKNOWN_PROPERTY,
                        "Could not find a property named '" + name + "' on type 'Microsoft.Dynamics.CRM.contact'."));
            }
        }
        return Optional.empty();
    }

    private static List<String> selected(Map<String, String> query) {
        List<String> names = new ArrayList<>();
        for (String name : query.getOrDefault("$select", "").split(",", -1)) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return names;
    }

    Set<ContactColumn> columns(Map<String, String> query) {
        List<String> selected = selected(query);
        if (selected.isEmpty()) {
            return new LinkedHashSet<>(switches.columns());
        }
        Set<ContactColumn> columns = new LinkedHashSet<>();
        for (String name : selected) {
            switches.columns().stream()
                    .filter(column -> column.property().equals(name))
                    .forEach(columns::add);
        }
        switches.columns().stream()
                .filter(column -> column.name().equals("contactid"))
                .forEach(columns::add);
        return columns;
    }

    byte[] json(Row row, Set<ContactColumn> columns, boolean labels) {
        ObjectNode json = ODataAnswer.object();
        json.put("@odata.etag", row.etag());
        for (ContactColumn column : columns) {
            // A secured column is null for whoever may not read it.
            if (column.secured() && !switches.securedColumns) {
                json.putNull(column.property());
                continue;
            }
            json.set(column.property(), row.columns().path(column.property()));
            if (labels) {
                column.label(row.columns().path(column.property()))
                        .ifPresent(label ->
                                json.put(column.property() + "@OData.Community.Display.V1.FormattedValue", label));
            }
        }
        RowDamage damage = damages.get(row.id());
        return damage == null ? ODataAnswer.bytes(json) : damage.applied(json);
    }
}
