package io.membersync.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.membersync.audit.AuditEntry;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.connector.Cursor;
import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.fault.Fault;
import io.membersync.fault.StorageException;
import io.membersync.http.RateLimit;
import io.membersync.mapping.ContentHash;
import io.membersync.mapping.Direction;
import io.membersync.mapping.FieldPath;
import io.membersync.mapping.MappedRecord;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.RecordVersion;
import io.membersync.mapping.Scope;
import io.membersync.mapping.Transform;
import io.membersync.matching.MatchKey;
import io.membersync.matching.MatchOrder;
import io.membersync.model.Affiliation;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.plan.ChangeKind;
import io.membersync.plan.LeaverPolicy;
import io.membersync.plan.MassChangeLimits;
import io.membersync.plan.Safeguards;
import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import io.membersync.run.RunFailure;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.Integration;
import io.membersync.setup.SecretMask;
import io.membersync.setup.Timetable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every value comes back from its text as it went in; texts that are not understood are refused. */
class StoredTextTest {

    private static final long SEED = 20_311_117L;
    private static final int ROUNDS = 3_000;

    private final Random random = new Random(SEED);

    @Test
    void valuesComeBack() {
        comesBack(this::value, StoredText::value, StoredText::value);
    }

    @Test
    void agreementsComeBack() {
        comesBack(this::agreed, StoredText::agreed, StoredText::agreed);
    }

    @Test
    void integrationsComeBack() {
        comesBack(this::integration, StoredText::integration, StoredText::integration);
    }

    @Test
    void whatIsInForceComesBack() {
        comesBack(() -> InForce.of(integration(), random.nextInt(99)), StoredText::inForce, StoredText::inForce);
    }

    @Test
    void stagedRecordsOutsideTheScopeComeBack() {
        comesBack(
                () -> new StagedRecord(
                        new MappedRecord.Outside(
                                ExternalId.of("e" + visible(text())),
                                new RecordVersion(text()),
                                text(),
                                new ContentHash(random.nextLong(), random.nextLong()),
                                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                                random.nextBoolean()),
                        random.nextBoolean(),
                        List.of()),
                StoredText::staged,
                StoredText::staged);
    }

    @Test
    void fieldsComeBackWithAllTheirTraits() {
        comesBack(this::field, StoredText::field, StoredText::field);
        MemberField own = MemberField.of(
                "shoeSize", FieldCategory.ACTIVITY, MemberField.Kind.CODES, MemberField.Owner.MEMBERSHIP);

        MemberField back = StoredText.field(StoredText.field(own));

        assertThat(back.category()).isEqualTo(own.category());
        assertThat(back.kind()).isEqualTo(own.kind());
        assertThat(back.owner()).isEqualTo(own.owner());
    }

    @Test
    void whatRunsHoldComesBack() {
        comesBack(this::counts, StoredText::counts, StoredText::counts);
        comesBack(this::checkpoint, StoredText::checkpoint, StoredText::checkpoint);
        comesBack(this::failure, StoredText::failure, StoredText::failure);
        comesBack(this::changes, StoredText::changes, StoredText::changes);
        comesBack(this::rules, StoredText::rules, StoredText::rules);
    }

    @Test
    void equalIntegrationsHaveTheSameText() {
        for (int round = 0; round < 200; round++) {
            Integration integration = integration();
            Integration copy = StoredText.integration(StoredText.integration(integration));

            assertThat(StoredText.integration(copy)).isEqualTo(StoredText.integration(integration));
        }
    }

    @Test
    void aPairOfEqualHalvesIsWrittenOnce() {
        AgreedPair pair = AgreedPair.together(FieldValue.text("Oslo"), FieldValue.text("Oslo"));

        assertThat(StoredText.agreed(Agreed.of(Map.of(MemberField.CITY, pair)))).isEqualTo("[1,[\"c\",\"Oslo\"]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "[1]",
                "[1,",
                "[1,[\"c\"",
                "[1,[\"c\"]]",
                "[1,[\"C\",\"canary\"]]",
                "[1,[\"c\",{\"canary\":1}]]",
                "[1,[\"c\",\"canary\"]",
                "[1,[\"b\",20311399]]",
                "[1,[\"c\",1.5]]",
                "[1,[\"\",\"noSuchField\",\"canary\"]]",
                "[1,[\"\"]],canary",
                "[1,[\"\"]]canary",
                "[1,[\"\"]][\"canary\"]",
                "[\"canary\",[\"\"]]"
            })
    void aTextThatIsNoAgreementIsRefusedWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> StoredText.agreed(text))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("agreement")
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    @Test
    void everyStandardFieldHasALetterOfItsOwn() {
        Map<MemberField, AgreedPair> pairs = new HashMap<>();
        for (MemberField field : MemberField.standard()) {
            pairs.put(field, AgreedPair.together(FieldValue.nothing(), FieldValue.nothing()));
        }
        String text = StoredText.agreed(Agreed.of(pairs));

        assertThat(StoredText.agreed(text)).isEqualTo(Agreed.of(pairs));
        assertThat(text).matches("\\[1,\\[\"[a-z]{" + pairs.size() + "}\"(,null){" + pairs.size() + "}]]");
    }

    @Test
    void aFormOfANewerLibraryIsRefusedAsSuch() {
        assertThatThrownBy(() -> StoredText.agreed("[2,[\"\"]]"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("form 2")
                .hasMessageContaining("newer");
    }

    @Test
    void aTransformThatIsNotKnownIsNeverPassedOver() {
        String text = StoredText.integration(integration())
                .replaceAll("\"transforms\":\\[[^\\]]*]", "\"transforms\":[{\"rot13\":true}]");

        assertThatThrownBy(() -> StoredText.integration(text)).isInstanceOf(StorageException.class);
    }

    private <T> void comesBack(Supplier<T> values, Function<T, String> write, Function<String, T> read) {
        for (int round = 0; round < ROUNDS; round++) {
            T value = values.get();
            String text = write.apply(value);

            assertThat(read.apply(text))
                    .as("seed %d, round %d: %s", SEED, round, text)
                    .isEqualTo(value);
        }
    }

    private FieldValue value() {
        return switch (random.nextInt(7)) {
            case 0 -> FieldValue.nothing();
            case 1 -> FieldValue.day(LocalDate.ofEpochDay(random.nextInt(20_000_000) - 10_000_000L));
            case 2 -> new FieldValue.Flag(random.nextBoolean());
            case 3 -> FieldValue.codes(texts());
            case 4 ->
                new FieldValue.Affiliations(texts().stream()
                        .map(unit -> new Affiliation("u" + visible(unit), random.nextBoolean()))
                        .toList());
            case 5 -> new FieldValue.Hidden(text());
            default -> FieldValue.text(text());
        };
    }

    private Agreed agreed() {
        Map<MemberField, AgreedPair> pairs = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            FieldValue app = value();
            boolean apart = random.nextBoolean();
            pairs.put(
                    field(),
                    new AgreedPair(app, random.nextBoolean() ? app : value(), apart, apart && random.nextBoolean()));
        }
        return Agreed.of(pairs);
    }

    private MemberField field() {
        List<MemberField> standard = MemberField.standard();
        return random.nextInt(4) > 0
                ? standard.get(random.nextInt(standard.size()))
                : MemberField.of(
                        "own" + random.nextInt(100),
                        any(FieldCategory.values()),
                        any(MemberField.Kind.values()),
                        any(MemberField.Owner.values()));
    }

    private Integration integration() {
        return new Integration(
                IntegrationId.of("i" + visible(text())),
                OrganizationId.of("o" + visible(text())),
                "cornerstone",
                URI.create("https://registry.example.org/api/" + random.nextInt()),
                map(),
                mapping(),
                scope(),
                new MatchOrder(List.of(MatchKey.values()).subList(0, random.nextInt(MatchKey.values().length))),
                safeguards(),
                new RateLimit(1 + random.nextInt(1000), Duration.ofNanos(1 + random.nextInt(Integer.MAX_VALUE))),
                random.nextBoolean() ? SecretMask.NONE : SecretMask.set(moment(), text()),
                new Timetable(schedule(), moment(), random.nextBoolean(), Optional.of(moment())));
    }

    private Instant moment() {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }

    private SyncSchedule schedule() {
        SyncSchedule.Nightly nightly = SyncSchedule.nightly(
                LocalTime.ofSecondOfDay(random.nextInt(86_400)), LocalTime.MIDNIGHT, ZoneId.of("Europe/Oslo"));
        return switch (random.nextInt(4)) {
            case 0 -> SyncSchedule.MANUAL_ONLY;
            case 1 -> nightly;
            case 2 -> SyncSchedule.everyMinutes(5 + random.nextInt(60));
            default -> SyncSchedule.everyMinutes(30).and(nightly);
        };
    }

    private Scope scope() {
        Scope scope = Scope.EVERYBODY;
        for (int i = random.nextInt(4); i > 0; i--) {
            scope = scope.only(field(), text());
        }
        return scope;
    }

    private Safeguards safeguards() {
        Map<ChangeKind, MassChangeLimits.Limit> limits = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            limits.put(any(ChangeKind.values()), new MassChangeLimits.Limit(random.nextInt(101), random.nextInt(99)));
        }
        limits.remove(ChangeKind.CREATE);
        return new Safeguards(
                any(LeaverPolicy.values()),
                new MassChangeLimits(limits, Duration.ofMinutes(60L + random.nextInt(1_000))),
                Duration.ofMinutes(60L + random.nextInt(10_000)),
                Duration.ofHours(random.nextInt(10_000)));
    }

    private MappingSet mapping() {
        Map<MemberField, Mapping> mappings = new HashMap<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            MemberField field = field();
            List<FieldPath> paths = new ArrayList<>(List.of(FieldPath.parse("contact.email")));
            if (field.kind() == MemberField.Kind.AFFILIATIONS) {
                paths.add(FieldPath.parse("roles[].unitId"));
            }
            mappings.put(field, new Mapping(field, paths, any(Direction.values()), transforms(), random.nextBoolean()));
        }
        return new MappingSet(List.copyOf(mappings.values()));
    }

    private List<Transform> transforms() {
        List<Transform> all = List.of(
                new Transform.Trim(),
                new Transform.DateForm("dd.MM.uuuu"),
                new Transform.CodeList(map()),
                new Transform.PhoneForm("47", 8),
                new Transform.BitList(Map.of(1, text(), 4, text())),
                new Transform.JoinParts(List.of("role", text()), text()));
        return all.subList(0, 1 + random.nextInt(all.size()));
    }

    private RuleSet rules() {
        RuleSet rules = RuleSet.platformDefaults();
        for (int i = random.nextInt(4); i > 0; i--) {
            rules = random.nextBoolean()
                    ? rules.with(any(FieldCategory.values()), any(Rule.values()))
                    : rules.with(field(), any(Rule.values()));
        }
        return rules;
    }

    private RunCounts counts() {
        return new RunCounts(
                random.nextLong(), 1, random.nextInt(), 3, random.nextLong(), random.nextInt(), 0, random.nextInt());
    }

    private Run.Checkpoint checkpoint() {
        return new Run.Checkpoint(
                new Cursor(text()),
                text(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? Optional.of(new Cursor(text())) : Optional.empty(),
                random.nextBoolean());
    }

    private RunFailure failure() {
        return new RunFailure(
                random.nextBoolean() ? Optional.of(any(Fault.values())) : Optional.empty(), text(), text());
    }

    private List<AuditEntry.ValueChange> changes() {
        List<AuditEntry.ValueChange> changes = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            changes.add(new AuditEntry.ValueChange(field().key(), text(), text(), text()));
        }
        return changes;
    }

    private Map<String, String> map() {
        Map<String, String> map = new HashMap<>();
        texts().forEach(key -> map.put(key, text()));
        return map;
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            texts.add(text());
        }
        return texts;
    }

    private String text() {
        String[] parts = {
            "a", "Å", "\"", "\\", "\n", "\t", "{", "]", ",", "😀", "\u0001", " ", "*", "1", "null", "\u2028"
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(any(parts));
        }
        return text.toString();
    }

    // Ids hold no control characters.
    private static String visible(String text) {
        return text.replaceAll("\\p{Cntrl}", "");
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
