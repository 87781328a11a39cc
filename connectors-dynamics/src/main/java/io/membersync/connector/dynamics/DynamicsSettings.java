package io.membersync.connector.dynamics;

import io.membersync.connector.SettingsForm.Setting;
import io.membersync.fault.Violation;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads an integration's settings, and gathers everything that is wrong with them. Used by one thread. */
final class DynamicsSettings {

    static final String COLUMNS = "columns";
    static final String MEMBER_NUMBER = "memberNumberColumn";
    static final String NATIONAL_ID = "nationalIdColumn";
    static final String PAGE_SIZE = "pageSize";
    static final String KEY_HEADER = "keyHeader";
    static final String WEBHOOK_HEADER = "webhookHeader";
    static final String LABELS = "labels";
    static final String TIME_ZONE = "timeZone";

    private static final Pattern COLUMN = Pattern.compile("_?[a-z][a-z0-9_]{0,99}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,59}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
    private static final String NO_HEADER = "must be a header's name: letters, digits and hyphens, at most 60";
    private static final int MOST_COLUMNS = 200;

    private final Map<String, String> settings;
    private final DynamicsProfile standard;
    private final List<Violation> violations = new ArrayList<>();

    DynamicsSettings(Map<String, String> settings, DynamicsProfile standard) {
        this.settings = settings;
        this.standard = standard;
    }

    static List<Setting> form(DynamicsProfile standard) {
        return List.of(
                new Setting(COLUMNS, "Columns that are read", false, String.join(",", standard.columns())),
                new Setting(
                        MEMBER_NUMBER,
                        "Column of the member number",
                        false,
                        standard.names().memberNumber()),
                new Setting(
                        NATIONAL_ID,
                        "Column of the personnummer, for enrichment; the application must be allowed to read it",
                        false,
                        ""),
                new Setting(PAGE_SIZE, "Members in a page", false, String.valueOf(standard.pageSize())),
                new Setting(KEY_HEADER, "Header for the API key", false, standard.keyHeader()),
                new Setting(WEBHOOK_HEADER, "Header for the key of webhooks", false, standard.webhookHeader()),
                new Setting(LABELS, "Ask for labels of choices and lookups (yes or no)", false, "no"),
                new Setting(TIME_ZONE, "Time zone", false, standard.zone().getId()));
    }

    List<Violation> violations() {
        return violations;
    }

    /** {@return the profile with these settings; only good where there are no {@link #violations()}} */
    DynamicsProfile profile() {
        DynamicsProfile.Names names = standard.names();
        String number =
                text(MEMBER_NUMBER, names.memberNumber(), COLUMN, "must be a column's name, such as hlf_membernumber");
        return new DynamicsProfile(
                columns(),
                new DynamicsProfile.Names(
                        names.id(), names.state(), names.merged(), names.master(), number, nationalId()),
                pageSize(),
                text(KEY_HEADER, standard.keyHeader(), HEADER, NO_HEADER),
                text(WEBHOOK_HEADER, standard.webhookHeader(), HEADER, NO_HEADER),
                text(LABELS, standard.labels() ? "yes" : "no", Pattern.compile("yes|no"), "must be yes or no")
                        .equals("yes"),
                zone());
    }

    private Optional<String> nationalId() {
        String column = settings.getOrDefault(NATIONAL_ID, "");
        if (!column.isEmpty() && !COLUMN.matcher(column).matches()) {
            violations.add(new Violation(
                    "settings." + NATIONAL_ID, "must be a column's name, such as hlf_nationalid, or left out"));
            return Optional.empty();
        }
        return Optional.of(column).filter(name -> !name.isEmpty());
    }

    private List<String> columns() {
        String text = settings.get(COLUMNS);
        if (text == null) {
            return standard.columns();
        }
        List<String> columns =
                Arrays.stream(text.split(",", -1)).map(String::strip).distinct().toList();
        boolean named = columns.stream().allMatch(name -> COLUMN.matcher(name).matches());
        if (!named || columns.size() > MOST_COLUMNS) {
            violations.add(new Violation(
                    "settings." + COLUMNS, "must be names of columns with commas between, at most " + MOST_COLUMNS));
            return standard.columns();
        }
        return columns;
    }

    // Dataverse cuts a larger page without a word; so do we, that the pages are as large as is said.
    private int pageSize() {
        String text = text(PAGE_SIZE, String.valueOf(standard.pageSize()), NUMBER, "must be a whole number from 1 on");
        int size = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (size == 0) {
            violations.add(new Violation("settings." + PAGE_SIZE, "must be a whole number from 1 on"));
            return standard.pageSize();
        }
        return Math.min(size, DynamicsProfile.LARGEST_PAGE);
    }

    private ZoneId zone() {
        String text = settings.getOrDefault(TIME_ZONE, standard.zone().getId());
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            violations.add(new Violation("settings." + TIME_ZONE, "must be a time zone, such as Europe/Oslo"));
            return standard.zone();
        }
    }

    private String text(String key, String otherwise, Pattern form, String demand) {
        String text = settings.getOrDefault(key, otherwise);
        if (!form.matcher(text).matches()) {
            violations.add(new Violation("settings." + key, demand));
            return otherwise;
        }
        return text;
    }
}
