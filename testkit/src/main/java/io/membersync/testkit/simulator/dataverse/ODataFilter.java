package io.membersync.testkit.simulator.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.membersync.testkit.simulator.dataverse.ContactTable.Row;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code $filter}: comparisons, {@code contains}, {@code startswith}, {@code and}, {@code or}, brackets. Texts compare
 * ignoring case.
 */
final class ODataFilter {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*([0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|'(?:[^']|'')*'|\\(|\\)|,|[A-Za-z_][A-Za-z0-9_]*|\\d{4}-\\d\\d-\\d\\d(?:T[0-9:.]+Z)?|-?[0-9.]+)");

    private final Deque<String> tokens = new ArrayDeque<>();
    private Predicate<ObjectNode> condition = row -> true;

    private ODataFilter() {}

    static Optional<ODataFilter> parse(String text) {
        ODataFilter filter = new ODataFilter();
        if (text.isBlank()) {
            return Optional.of(filter);
        }
        Matcher match = TOKEN.matcher(text);
        int end = 0;
        while (match.find() && match.start() == end) {
            filter.tokens.add(match.group(1));
            end = match.end();
        }
        if (!text.substring(end).isBlank()) {
            return Optional.empty();
        }
        try {
            filter.condition = filter.either();
            return filter.tokens.isEmpty() ? Optional.of(filter) : Optional.empty();
        } catch (IllegalArgumentException | java.util.NoSuchElementException syntax) {
            return Optional.empty();
        }
    }

    boolean admits(ObjectNode row) {
        return condition.test(row);
    }

    static void sort(List<Row> rows, String orderBy) {
        if (!orderBy.isBlank()) {
            String[] parts = orderBy.strip().split("\\s+", -1);
            Comparator<Row> order = Comparator.comparing(
                    row -> row.columns().path(parts[0]).asText().toLowerCase(Locale.ROOT));
            rows.sort(parts.length > 1 && parts[1].equals("desc") ? order.reversed() : order);
        }
    }

    private Predicate<ObjectNode> either() {
        Predicate<ObjectNode> left = both();
        while ("or".equals(tokens.peek())) {
            tokens.remove();
            left = left.or(both());
        }
        return left;
    }

    private Predicate<ObjectNode> both() {
        Predicate<ObjectNode> left = one();
        while ("and".equals(tokens.peek())) {
            tokens.remove();
            left = left.and(one());
        }
        return left;
    }

    private Predicate<ObjectNode> one() {
        String first = tokens.remove();
        if (first.equals("(")) {
            Predicate<ObjectNode> inside = either();
            expect(")");
            return inside;
        }
        return first.equals("contains") || first.equals("startswith") ? function(first) : comparison(first);
    }

    private Predicate<ObjectNode> function(String name) {
        expect("(");
        String column = tokens.remove();
        expect(",");
        String part = literal(tokens.remove());
        expect(")");
        return name.equals("contains")
                ? row -> text(row, column).contains(part)
                : row -> text(row, column).startsWith(part);
    }

    private Predicate<ObjectNode> comparison(String column) {
        String operator = tokens.remove();
        String value = tokens.remove();
        if (value.equals("null")) {
            boolean wanted = operator.equals("eq");
            return row -> row.path(column).isNull() == wanted;
        }
        String literal = literal(value);
        Predicate<Integer> outcome = switch (operator) {
            case "eq" -> order -> order == 0;
            case "ne" -> order -> order != 0;
            case "gt" -> order -> order > 0;
            case "ge" -> order -> order >= 0;
            case "lt" -> order -> order < 0;
            case "le" -> order -> order <= 0;
            default -> throw new IllegalArgumentException("operator");
        };
        return row -> !row.path(column).isNull() && outcome.test(compared(row.path(column), literal));
    }

    private static int compared(JsonNode value, String literal) {
        return value.isNumber()
                ? value.decimalValue().compareTo(new BigDecimal(literal))
                : value.asText().toLowerCase(Locale.ROOT).compareTo(literal);
    }

    private static String text(ObjectNode row, String column) {
        return row.path(column).isNull() ? "" : row.path(column).asText().toLowerCase(Locale.ROOT);
    }

    private static String literal(String token) {
        String bare =
                token.startsWith("'") ? token.substring(1, token.length() - 1).replace("''", "'") : token;
        return bare.toLowerCase(Locale.ROOT);
    }

    private void expect(String token) {
        if (!tokens.remove().equals(token)) {
            throw new IllegalArgumentException(token);
        }
    }
}
