package io.membersync.testkit.simulator.dataverse;

import io.membersync.testkit.simulator.Answer;
import io.membersync.testkit.simulator.dataverse.ContactTable.Row;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which contact a request is for: by id, or by alternate key. Immutable. */
record ApiPath(String address, Optional<String> id, Map<String, String> key) {

    private static final Pattern ONE = Pattern.compile("/contacts\\((.*)\\)");
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern KEY = Pattern.compile("([a-z0-9_]+)='(.*)'");
    private static final Pattern FORBIDDEN = Pattern.compile("[/<>*%&:\\\\?+]");

    static ApiPath ofId(String id) {
        return new ApiPath(id, Optional.of(id), Map.of());
    }

    /** {@return the contact of a path below the API's root, still encoded; nothing for any other path} */
    static Optional<ApiPath> read(String path) {
        Matcher one = ONE.matcher(path);
        if (!one.matches()) {
            return Optional.empty();
        }
        String inside = URLDecoder.decode(one.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
        if (GUID.matcher(inside).matches()) {
            return Optional.of(ofId(inside.toLowerCase(Locale.ROOT)));
        }
        Matcher key = KEY.matcher(inside);
        return key.matches()
                ? Optional.of(new ApiPath(
                        inside,
                        Optional.empty(),
                        Map.of(key.group(1), key.group(2).replace("''", "'"))))
                : Optional.empty();
    }

    /** {@return why this key cannot be used} */
    Optional<Answer> keyRefusal(DataverseSwitches switches) {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        if (!key.containsKey("hlf_membernumber")) {
            return Optional.of(ODataAnswer.badRequest(
                    "0x80060888",
                    "The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.contact'. Ensure that the"
                            + " names and number of key properties match the declared or alternate key properties."));
        }
        if (FORBIDDEN.matcher(key.get("hlf_membernumber")).find()) {
            return Optional.of(Answer.of(400, "text/html; charset=utf-8", "<html><body>Bad Request</body></html>"));
        }
        return switches.keyStatus.equals("Active")
                ? Optional.empty()
                : Optional.of(ODataAnswer.badRequest("0x80060893", "The key's index is not active"));
    }

    Optional<Row> find(ContactTable table) {
        return id.isPresent()
                ? table.find(id.get())
                : table.findBy("hlf_membernumber", key.getOrDefault("hlf_membernumber", ""));
    }

    String idOr(ContactTable table) {
        return id.orElseGet(table::nextId);
    }
}
