package io.membersync;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Serializable;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the order of the packages, the purity of the pipeline, and null marking. */
class ArchitectureTest {

    private static final String BASE = "io.membersync";

    /** Every package of the module by its first name, leftmost first; the base package itself is "". */
    private static final List<Set<String>> ORDER = List.of(
            Set.of("meta", "model", "meter"),
            Set.of("fault"),
            Set.of("http"),
            Set.of("mapping"),
            Set.of("connector"),
            Set.of("matching", "diff"),
            Set.of("conflict"),
            Set.of("outbox"),
            Set.of("plan"),
            Set.of("run"),
            Set.of("setup", "member", "secret", "audit", "alert", "enrichment"),
            Set.of("health"),
            Set.of("event", "storage"),
            Set.of("internal"),
            Set.of(""));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/") && !location.isJar())
            .importPackages(BASE);

    @Test
    void aPackageUsesOnlyWhatStandsLeftOfIt() {
        check(classes()
                .should(useOnlyWhatStandsLeft())
                .because("packages build on each other in one direction: move the type to the package that needs it"
                        + " first, or hand the value in from the package on the right; a new package gets its place"
                        + " in ArchitectureTest.ORDER"));
    }

    @Test
    void nothingUsesTheBasePackage() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(BASE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE)
                .because("the base package puts the engine together from the others: let it pass what is needed to"
                        + " their constructors"));
    }

    @Test
    void packagesFormNoCycle() {
        check(slices().matching(BASE + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("two packages that need each other are one: move the shared type to the one that stands"
                        + " left, or turn one direction into an interface owned by the caller"));
    }

    @Test
    void thePipelineUsesNoWorldOutside() {
        check(noClasses()
                .that()
                .resideInAPackage(BASE + ".internal.pipeline..")
                .should()
                .dependOnClassesThat(worldOutside())
                .because("the pipeline turns values into values, so that preview and tests need nothing else: load"
                        + " before planning (internal.run) and hand the value in"));
    }

    @Test
    void thePipelineReadsNoClock() {
        check(noClasses()
                .that()
                .resideInAPackage(BASE + ".internal.pipeline..")
                .should()
                .accessTargetWhere(readsTheClock())
                .because("a plan made twice from the same values must be the same plan: take the instant as an"
                        + " argument"));
    }

    @Test
    void everyPackageIsNullMarked() {
        check(classes()
                .should(resideInANullMarkedPackage())
                .because("NullAway passes over an unmarked package in silence: add a package-info.java with"
                        + " @NullMarked"));
    }

    @Test
    void exportedPackagesShowNothingInternal() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(BASE, BASE + ".internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BASE + ".internal..")
                .because("hosts and connectors cannot see internal types: move the type to an exported package or"
                        + " hide its use behind an interface there"));
    }

    private static void check(ArchRule rule) {
        // Packages may still be missing, so a rule may find no class to look at.
        rule.allowEmptyShould(true).check(CLASSES);
    }

    private static ArchCondition<JavaClass> useOnlyWhatStandsLeft() {
        return new ArchCondition<>("use only packages that stand left of their own") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                int own = place(type);
                if (own < 0) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is in a package without place"));
                }
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isOurs(dependency.getTargetClass()))
                        .filter(dependency -> place(dependency.getTargetClass()) > own)
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
            }
        };
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getName() + " is in an unmarked package"));
            }
        };
    }

    private static DescribedPredicate<JavaClass> worldOutside() {
        return resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio..",
                        "java.sql..",
                        "javax.sql..",
                        "org.slf4j..",
                        BASE + ".storage..",
                        BASE + ".internal.run..")
                .and(DescribedPredicate.not(belongToAnyOf(Serializable.class)))
                .or(belongToAnyOf(Clock.class, InstantSource.class, Thread.class))
                .as("touch files, network, database, log, clock or threads");
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
        return describe("reads the clock", access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getName();
            return (owner.startsWith("java.time.") && name.equals("now"))
                    || (owner.equals("java.lang.System")
                            && Set.of("currentTimeMillis", "nanoTime").contains(name));
        });
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(BASE) || type.getPackageName().startsWith(BASE + ".");
    }

    private static int place(JavaClass type) {
        String path =
                type.getPackageName().equals(BASE) ? "" : type.getPackageName().substring(BASE.length() + 1);
        int dot = path.indexOf('.');
        String first = dot < 0 ? path : path.substring(0, dot);
        for (int i = 0; i < ORDER.size(); i++) {
            if (ORDER.get(i).contains(first)) {
                return i;
            }
        }
        return -1;
    }
}
