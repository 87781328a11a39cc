package io.membersync.enginetests;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.model.FieldCategory;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.plan.ChangeKind;
import io.membersync.plan.MassChangeLimits;
import io.membersync.plan.Safeguards;
import io.membersync.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One order of edits on both sides and runs, drawn from a seed: the same seed gives the same steps, so that a shorter
 * play is a prefix of a longer one. For one play.
 */
final class Interleaving {

    // Everything that loses something is staged, and all of it let through.
    private static final Safeguards WIDE = Safeguards.STANDARD.limits(Arrays.stream(ChangeKind.values())
            .filter(ChangeKind::destructive)
            .reduce(
                    MassChangeLimits.NONE,
                    (limits, kind) -> limits.with(kind, new MassChangeLimits.Limit(100, 1_000)),
                    (one, other) -> other));

    private final long seed;
    private final Random random;
    private final RuleSet rules;
    // Whether a run commits in several batches. Then a record that changed twice passes through the state between.
    private final boolean cut;
    private final HostModel model;
    private final List<String> steps = new ArrayList<>();
    private final Map<MemberId, String> names = new HashMap<>();
    private final Set<String> changedSinceDelta = new HashSet<>();

    Interleaving(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        Map<FieldCategory, Rule> categories = new EnumMap<>(FieldCategory.class);
        for (FieldCategory category : FieldCategory.values()) {
            categories.put(category, any(List.of(Rule.values())));
        }
        Map<String, Rule> fields = new HashMap<>();
        for (int i = 0; i < 3; i++) {
            fields.put(any(EditedField.ALL).field().key(), any(List.of(Rule.values())));
        }
        this.rules = new RuleSet(categories, fields);
        this.cut = random.nextBoolean();
        this.model = new HostModel(field -> Optional.ofNullable(fields.get(field.key()))
                .or(() -> Optional.ofNullable(categories.get(field.category())))
                .orElseThrow());
    }

    /** {@return what was done, for people} */
    String story() {
        return (cut ? "in small batches, " : "") + "rules " + rules.categories() + " " + rules.fields() + "\n  "
                + String.join("\n  ", steps);
    }

    void play(HostSide host, int count) {
        InterruptedStorage storage = new InterruptedStorage(host.storage());
        int rows = cut ? 1 + random.nextInt(4) : 10_000;
        int pages = cut ? 1 + random.nextInt(3) : 10_000;
        try (Scene scene = Scene.on(host)
                .members(6, seed)
                .pageSize(1 + random.nextInt(4))
                .options(builder -> builder.batches(rows, pages, Duration.ofHours(1)))
                .draft(draft -> draft.rules(rules).safeguards(WIDE))
                .through(same -> storage)
                .start()) {
            Play play = new Play(scene, storage);
            play.run(false);
            for (int i = 0; i < count; i++) {
                play.step();
            }
            play.settle();
        }
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** The steps on one scene. */
    private final class Play {

        private final Scene scene;
        private final InterruptedStorage storage;
        private String lastUpdated = "";
        private EditedField lastField = EditedField.ALL.get(0);

        Play(Scene scene, InterruptedStorage storage) {
            this.scene = scene;
            this.storage = storage;
        }

        void step() {
            scene.time().advance(Duration.ofSeconds(random.nextInt(3) * 40L));
            int draw = random.nextInt(100);
            if (draw < 36) {
                editInApp();
            } else if (draw < 70) {
                updateInRegistry();
            } else if (draw < 74) {
                createInRegistry();
            } else if (draw < 77) {
                deleteInRegistry();
            } else if (draw < 80) {
                mergeInRegistry();
            } else if (draw < 91) {
                run(draw >= 85);
            } else {
                runWithEdit(draw >= 95);
            }
        }

        private void editInApp() {
            HostModel.Edit edit = anyEdit(any(model.ids()), any(EditedField.ALL));
            boolean commit = random.nextInt(10) > 0;
            steps.add("app " + edit + (commit ? "" : ", rolled back"));
            edit(edit, commit);
            if (commit) {
                model.edited(edit);
            }
        }

        /** Any values for a field, and maybe for another one. */
        private HostModel.Edit anyEdit(String id, EditedField field) {
            Map<MemberField, String> values = new TreeMap<>();
            if (random.nextBoolean()) {
                EditedField another = any(EditedField.ALL);
                values.put(another.field(), any(another.texts()));
            }
            values.put(field.field(), any(field.texts()));
            return new HostModel.Edit(id, values);
        }

        private void edit(HostModel.Edit edit, boolean commit) {
            MemberId member = names.entrySet().stream()
                    .filter(name -> name.getValue().equals(edit.id()))
                    .map(Map.Entry::getKey)
                    .findAny()
                    .orElseThrow();
            Map<MemberField, FieldValue> values = new HashMap<>();
            edit.values().forEach((field, text) -> values.put(field, EditedField.value(field, text)));
            scene.host().inTransaction(commit, () -> {
                scene.host().edit(member, values);
                scene.engine().host().edits().announce(member);
            });
        }

        private void updateInRegistry() {
            changeable().ifPresent(id -> {
                EditedField edited = any(EditedField.ALL);
                String value = any(edited.texts());
                steps.add("registry sets " + id + "." + edited.field() + " = '" + value + "'");
                scene.registry().update(id, edited.patch(value));
                changedSinceDelta.add(id);
                lastUpdated = id;
                lastField = edited;
            });
        }

        private void createInRegistry() {
            String id = scene.registry().create("{}");
            steps.add("registry creates " + id);
            changedSinceDelta.add(id);
        }

        private void deleteInRegistry() {
            changeable().ifPresent(id -> {
                steps.add("registry deletes " + id);
                scene.registry().delete(id, "resigned");
            });
        }

        private void mergeInRegistry() {
            changeable().ifPresent(id -> {
                String into = any(inRegistry());
                if (!id.equals(into)) {
                    steps.add("registry merges " + id + " into " + into);
                    scene.registry().merge(id, into);
                    changedSinceDelta.add(into);
                }
            });
        }

        /** A record that may change now; nothing where the registry would run out of them. */
        private Optional<String> changeable() {
            List<String> ids = new ArrayList<>(inRegistry());
            if (cut) {
                ids.removeAll(changedSinceDelta);
            }
            return ids.size() > 2 ? Optional.of(any(ids)) : Optional.empty();
        }

        private List<String> inRegistry() {
            return List.copyOf(RegistryRow.all(scene.registry()).keySet());
        }

        /** The host edits a member between a run's loading and its committing, often what the run is to change. */
        private void runWithEdit(boolean delta) {
            boolean meeting = random.nextInt(3) > 0 && model.ids().contains(lastUpdated);
            HostModel.Edit edit =
                    meeting ? anyEdit(lastUpdated, lastField) : anyEdit(any(model.ids()), any(EditedField.ALL));
            int commit = 1 + random.nextInt(meeting && !cut ? 1 : 3);
            List<HostModel.Edit> made = new ArrayList<>();
            steps.add("before commit " + commit + " of the next run, app " + edit);
            storage.before(commit, () -> {
                edit(edit, true);
                made.add(edit);
            });
            run(delta, made);
            storage.forget();
        }

        void run(boolean delta) {
            run(delta, List.of());
        }

        private void run(boolean delta, List<HostModel.Edit> meanwhile) {
            steps.add(delta ? "delta" : "full");
            List<String> absent = new ArrayList<>(model.living());
            Run run = delta ? scene.delta() : scene.full();
            Map<String, SortedMap<String, String>> registry = RegistryRow.all(scene.registry());
            model.run(registry, delta, meanwhile);
            model.check("after step " + steps.size(), seen());
            if (delta) {
                changedSinceDelta.clear();
            } else {
                absent.removeAll(registry.keySet());
                assertThat(run.counts().absent()).isEqualTo(absent.size());
                assertThat(scene.absences(run)).isEmpty();
            }
            assertThat(scene.quarantined()).isEmpty();
        }

        /** What is to be seen of each member, by the id that the registry gave it first. */
        private Map<String, SortedMap<String, String>> seen() {
            scene.linked().forEach((id, member) -> names.putIfAbsent(member, id));
            Map<String, SortedMap<String, String>> seen = new TreeMap<>();
            scene.host().rows().forEach((member, row) -> seen.put(name(member), new TreeMap<>(row)));
            for (Conflict open : scene.conflicts()) {
                Optional.ofNullable(seen.get(name(open.member())))
                        .orElseThrow()
                        .put(MemberModel.openKey(open.field()), question(open));
            }
            return seen;
        }

        private String name(MemberId member) {
            return names.getOrDefault(member, "unlinked " + member);
        }

        private String question(Conflict open) {
            return FieldModel.question(
                    open.field(),
                    MemoryHost.text(open.app().value()),
                    MemoryHost.text(open.registry().value()),
                    MemoryHost.text(open.agreed().orElse(FieldValue.nothing())));
        }

        /** Once both sides are quiet, the first run settles everything and the next ones write nothing. */
        void settle() {
            run(random.nextBoolean());
            Map<String, String> before = Dump.of(scene);
            for (boolean delta : List.of(true, false)) {
                run(delta);
                assertThat(Dump.of(scene))
                        .as("after a quiet " + (delta ? "delta" : "full"))
                        .isEqualTo(before);
            }
        }
    }
}
