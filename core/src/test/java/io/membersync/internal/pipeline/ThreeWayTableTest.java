package io.membersync.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.conflict.ConflictRuleEvaluator;
import io.membersync.conflict.Decision;
import io.membersync.conflict.FieldTimes;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.conflict.Verdict;
import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.diff.Difference;
import io.membersync.diff.FieldDiff;
import io.membersync.mapping.Direction;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.member.Reason;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole truth table of a field: every agreement, app value, registry value and presence, direction and rule, decided
 * by the code that runs decide with. The page docs/three-way.md is what comes of it; run with
 * {@code -Dmembersync.docs.write=true} to write it anew.
 */
class ThreeWayTableTest {

    private static final Path PAGE = Path.of("../docs/three-way.md");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final MemberField FIELD = MemberField.CITY;
    private static final String ABSENT = "absent";
    private static final String UNREADABLE = "unreadable";
    private static final String NULL = "null";

    /** One row: the two sides and their last agreement; {@code b\a} is a pair apart, app half first. */
    record Row(String agreed, String app, String registry) {}

    /** One column: what is configured, and whether the app announced an edit of the member. */
    record Column(Direction direction, Rule rule, boolean announced) {

        String title() {
            String how = direction == Direction.INBOUND ? "in" : direction == Direction.BOTH ? "both" : "out";
            String who = direction == Direction.OUTBOUND ? "" : " " + name(rule);
            return how + who + (direction.out() && announced ? ", edit" : "");
        }

        private static String name(Rule rule) {
            return switch (rule) {
                case EXTERNAL_WINS -> "external";
                case APP_WINS -> "app";
                case LATEST_WINS -> "latest";
                case MANUAL_REVIEW -> "manual";
            };
        }
    }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String agreed : List.of("none", "a", "b\\a")) {
            for (String app : List.of("a", "b", "c", NULL)) {
                for (String registry : List.of("a", "b", "c", NULL, ABSENT, UNREADABLE)) {
                    rows.add(new Row(agreed, app, registry));
                }
            }
        }
        return rows;
    }

    static List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            columns.add(new Column(Direction.INBOUND, rule, true));
        }
        for (boolean announced : new boolean[] {true, false}) {
            for (Rule rule : Rule.values()) {
                columns.add(new Column(Direction.BOTH, rule, announced));
            }
        }
        columns.add(new Column(Direction.OUTBOUND, Rule.APP_WINS, true));
        columns.add(new Column(Direction.OUTBOUND, Rule.APP_WINS, false));
        return columns;
    }

    @Test
    void thePageHoldsWhatTheCodeDecides() throws IOException {
        String page = page();
        if (Boolean.getBoolean("membersync.docs.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyCellIsDecidedAndExplained(Row row) {
        for (Column column : columns()) {
            FieldOutcome outcome = decide(row, column);
            Decision decision = outcome.decisions().get(0);

            Reason reason = Reason.of(decision, column.direction(), rules(column));

            assertThat(reason.rule()).as("%s %s", row, column).isEqualTo(column.rule());
            assertThat(reason.ground())
                    .isEqualTo(
                            column.direction() == Direction.OUTBOUND ? RuleSet.Ground.DIRECTION : RuleSet.Ground.FIELD);
            assertThat(reason.why()).isEqualTo(decision.why()).isNotBlank();
            assertThat(reason.winner()).as("%s %s", row, column).isEqualTo(winner(row, column, decision));
        }
    }

    private static Reason.Winner winner(Row row, Column column, Decision decision) {
        return switch (decision.verdict()) {
            case TAKE_REGISTRY -> Reason.Winner.REGISTRY;
            case KEEP_APP, SEND_APP -> Reason.Winner.APP;
            case REVIEW -> Reason.Winner.NOBODY_YET;
            case AGREE -> Reason.Winner.BOTH;
            case NOTHING ->
                FIELD.same(decision.diff().app(), decision.diff().registry())
                        ? Reason.Winner.BOTH
                        : nothingDone(row, column);
        };
    }

    /** A registry that never said a word of the field has nothing there, once the field goes out. */
    private static Reason.Winner nothingDone(Row row, Column column) {
        boolean known = !row.agreed().equals("none")
                || (column.direction().out() && row.registry().equals(ABSENT));
        return known ? Reason.Winner.APP : Reason.Winner.NOBODY_YET;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatFollowsIsWhatWasDecided(Row row) {
        for (Column column : columns()) {
            FieldOutcome outcome = decide(row, column);
            Decision decision = outcome.decisions().get(0);
            FieldDiff diff = decision.diff();
            Verdict verdict = decision.verdict();
            String cell = row + " " + column;

            assertThat(outcome.changes())
                    .as(cell)
                    .extracting(change -> change.after())
                    .isEqualTo(verdict == Verdict.TAKE_REGISTRY ? List.of(diff.registry()) : List.of());
            assertThat(outcome.outgoing().values())
                    .as(cell)
                    .extracting(entry -> entry.value())
                    .isEqualTo(verdict == Verdict.SEND_APP ? List.of(diff.app()) : List.of());
            Optional<AgreedPair> after = outcome.agreed().find(FIELD);
            switch (verdict) {
                case TAKE_REGISTRY ->
                    assertThat(after).as(cell).contains(AgreedPair.together(diff.registry(), diff.registry()));
                case AGREE -> assertThat(after).as(cell).contains(AgreedPair.together(diff.app(), diff.registry()));
                case KEEP_APP -> assertThat(after).as(cell).contains(AgreedPair.apart(diff.app(), diff.registry()));
                case NOTHING, SEND_APP, REVIEW ->
                    assertThat(after).as(cell).isEqualTo(agreed(row.agreed()).find(FIELD));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decidingTwiceChangesNothingMore(Row row) {
        for (Column column : columns()) {
            FieldOutcome first = decide(row, column);
            if (first.decisions().get(0).verdict() == Verdict.SEND_APP
                    || first.decisions().get(0).verdict() == Verdict.REVIEW) {
                continue;
            }
            FieldValue app = first.changes().isEmpty()
                    ? value(row.app())
                    : first.changes().get(0).after();

            FieldOutcome second = decide(app, first.agreed(), state(row.registry()), column);

            assertThat(second.changes()).as("%s %s", row, column).isEmpty();
            assertThat(second.agreed()).as("%s %s", row, column).isEqualTo(first.agreed());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void onlyAnExplicitNullBlanks(Row row) {
        for (Column column : columns()) {
            boolean blanked = decide(row, column).changes().stream()
                    .anyMatch(change -> change.after().equals(FieldValue.nothing()));

            if (!row.registry().equals(NULL)) {
                assertThat(blanked).as("%s %s", row, column).isFalse();
            }
        }
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Three-way rules, cell by cell

                This page is what the code decides: `ThreeWayTableTest` asks it for every cell and fails when the page says
                something else. `mvn -pl core -Dtest=ThreeWayTableTest -Dmembersync.docs.write=true test` writes it anew.

                A row is one field of one member: what both sides last agreed on, what the app has, what the registry says.
                `a`, `b`, `c` are different values, `null` is the statement that there is none, `absent` says nothing,
                `unreadable` says something that cannot be read. `none` is a field never agreed on; `b\\a` is a pair left
                apart by decision, the app's half first. A column is a direction and the rule in force; *edit* means that
                the app announced an edit of the member.

                | cell | what is done | who wins |
                |---|---|---|
                | · | nothing | as it stands |
                | = | both mean the same: the agreement is brought up to date | both |
                | reg | the app takes the registry's value | registry |
                | app | the app keeps its value, and the pair is left apart | app |
                | send | the app's value goes out to the registry | app |
                | ask | the app keeps its value until a person decides | nobody yet |

                """);
        table(page);
        latest(page);
        sentences(page);
        return page.toString();
    }

    private static void table(StringBuilder page) {
        page.append("## Every cell\n\n| agreed | app | registry |");
        columns().forEach(column -> page.append(' ').append(column.title()).append(" |"));
        page.append("\n|---|---|---|").append("---|".repeat(columns().size())).append('\n');
        for (Row row : rows()) {
            page.append("| ").append(row.agreed()).append(" | ").append(row.app());
            page.append(" | ").append(row.registry()).append(" |");
            for (Column column : columns()) {
                page.append(' ')
                        .append(code(decide(row, column).decisions().get(0).verdict()))
                        .append(" |");
            }
            page.append('\n');
        }
    }

    /** What the rule that looks at times says of a conflict. */
    private static void latest(StringBuilder page) {
        page.append("\n## Latest wins, by what is known of the times\n\n");
        page.append("Times count only where a side tells them of the single field, and only when they are more than two"
                + " minutes apart.\n\n");
        page.append("| app changed | registry changed | in | both |\n|---|---|---|---|\n");
        List<Optional<Instant>> times = List.of(
                Optional.empty(),
                Optional.of(NOON),
                Optional.of(NOON.plusSeconds(120)),
                Optional.of(NOON.plusSeconds(121)));
        List<String> names = List.of("unknown", "12:00:00", "12:02:00", "12:02:01");
        for (int app = 0; app < times.size(); app++) {
            for (int registry = 0; registry < times.size(); registry++) {
                FieldTimes known = new FieldTimes(times.get(app), times.get(registry), Duration.ofMinutes(2));
                page.append("| ").append(names.get(app)).append(" | ").append(names.get(registry));
                for (Direction direction : List.of(Direction.INBOUND, Direction.BOTH)) {
                    FieldDiff diff =
                            new FieldDiff(FIELD, Difference.BOTH_APART, value("a"), Optional.empty(), value("b"));
                    page.append(" | ")
                            .append(code(new ConflictRuleEvaluator(
                                            RuleSet.platformDefaults().with(FIELD, Rule.LATEST_WINS))
                                    .decide(diff, direction, known)
                                    .verdict()));
                }
                page.append(" |\n");
            }
        }
    }

    /** The reasons that people are given, with the rule that each names. */
    private static void sentences(StringBuilder page) {
        Set<String> sentences = new TreeSet<>();
        for (Row row : rows()) {
            for (Column column : columns()) {
                Decision decision = decide(row, column).decisions().get(0);
                Reason reason = Reason.of(decision, column.direction(), rules(column));
                boolean everyRule = Stream.of(Rule.values())
                        .map(rule -> new Column(column.direction(), rule, column.announced()))
                        .filter(other -> column.direction() != Direction.OUTBOUND)
                        .map(other -> decide(row, other).decisions().get(0).why())
                        .allMatch(decision.why()::equals);
                sentences.add("| " + code(decision.verdict()) + " | " + reason.why() + " | "
                        + (everyRule ? "any" : reason.rule()) + " |\n");
            }
        }
        page.append("\n## What people are told\n\n| cell | why | rule |\n|---|---|---|\n");
        sentences.forEach(page::append);
    }

    private static String code(Verdict verdict) {
        return switch (verdict) {
            case NOTHING -> "·";
            case AGREE -> "=";
            case TAKE_REGISTRY -> "reg";
            case KEEP_APP -> "app";
            case SEND_APP -> "send";
            case REVIEW -> "ask";
        };
    }

    private static FieldOutcome decide(Row row, Column column) {
        return decide(value(row.app()), agreed(row.agreed()), state(row.registry()), column);
    }

    private static FieldOutcome decide(FieldValue app, Agreed agreed, MemberState registry, Column column) {
        Mapping mapping = Mapping.inbound(FIELD, "city").going(column.direction());
        FieldDecider decider =
                new FieldDecider(MappingSet.of(mapping), Set.of(FIELD), new ConflictRuleEvaluator(rules(column)));
        OutgoingFields out = new OutgoingFields(
                new OutgoingFields.Whose(
                        IntegrationId.of("i"),
                        ExternalId.of("m_1"),
                        MemberId.of("kari"),
                        column.announced(),
                        Set.of(),
                        NOON),
                Map.of());
        FieldTimes times = new FieldTimes(
                column.announced() ? Optional.of(NOON) : Optional.empty(),
                Optional.empty(),
                FieldTimes.STANDARD_TOLERANCE);
        PageSnapshot.AppSide side = new PageSnapshot.AppSide(
                1, MemberState.builder().put(FIELD, app).build());
        return decider.decide(new FieldDecider.Sides(side, agreed, registry, times, Reopening.NOTHING, out));
    }

    private static RuleSet rules(Column column) {
        return column.direction() == Direction.OUTBOUND
                ? RuleSet.platformDefaults()
                : RuleSet.platformDefaults().with(FIELD, column.rule());
    }

    private static MemberState state(String registry) {
        MemberState.Builder state = MemberState.builder();
        return switch (registry) {
            case ABSENT -> state.build();
            case UNREADABLE -> state.unreadable(FIELD).build();
            default -> state.put(FIELD, value(registry)).build();
        };
    }

    private static Agreed agreed(String text) {
        return switch (text) {
            case "none" -> Agreed.none();
            case "a" -> Agreed.of(Map.of(FIELD, AgreedPair.together(value("a"), value("a"))));
            default -> Agreed.of(Map.of(FIELD, AgreedPair.apart(value("b"), value("a"))));
        };
    }

    private static FieldValue value(String text) {
        return text.equals(NULL) ? FieldValue.nothing() : FieldValue.text(text);
    }
}
