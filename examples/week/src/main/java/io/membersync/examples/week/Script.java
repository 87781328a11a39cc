package io.membersync.examples.week;

import io.membersync.MemberSync;
import io.membersync.alert.Alert;
import io.membersync.audit.AuditCheck;
import io.membersync.audit.AuditQuery;
import io.membersync.connector.ConnectionReport;
import io.membersync.examples.terminal.Screen;
import io.membersync.health.IntegrationHealth;
import io.membersync.http.Credentials;
import io.membersync.model.IntegrationId;
import io.membersync.run.Plan;
import io.membersync.run.PlanState;
import io.membersync.run.Run;
import io.membersync.run.RunState;
import io.membersync.run.StartAnswer;
import io.membersync.setup.Checklist;
import io.membersync.setup.IntegrationDraft;
import io.membersync.setup.MemberCount;
import io.membersync.setup.Onboarded;
import io.membersync.testkit.simulator.Fault;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The week, scene by scene. For one thread. */
final class Script {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH).withZone(World.OSLO);
    private static final int GONE = 60;

    private final World world;
    private final Screen screen;

    Script(World world, Screen screen) {
        this.world = world;
        this.screen = screen;
    }

    WeekReport play(Path folder) throws IOException {
        scene("Friday noon: three organizations are brought in");
        onboard(world.administrator(World.NORTH), World.NORTH_REGISTRY, world.northDraft());
        onboard(world.administrator(World.SOUTH), World.SOUTH_REGISTRY, world.southDraft());
        onboard(world.administrator(World.EAST), World.EAST_NONE, IntegrationDraft.none(World.EAST_NONE, World.EAST));
        world.tick();
        checklist(World.NORTH_REGISTRY);
        showHealth();

        scene("The weekend: clocks are set back in the night to Sunday, so the next night has one sync more");
        List<Run> nights = told(world.pass(World.at(26, 12, 0)));

        scene("Tuesday: North's registry is down, from midnight for twenty hours");
        world.pass(World.at(27, 0, 0));
        final int before = world.alerts().size();
        final Instant due = health(World.NORTH_REGISTRY).freshness().nextDue().orElseThrow();
        world.north().faults().on("*").then(Fault.status(503));
        List<Run> outage = new ArrayList<>(world.pass(World.at(27, 20, 0)));
        showHealth();
        world.north().faults().clear();
        line("the registry is back");
        outage.addAll(world.pass(World.at(27, 22, 0)));
        told(outage.stream()
                .filter(run -> run.integration().equals(World.NORTH_REGISTRY))
                .toList());
        final List<Alert> outageAlerts = alertsSince(before);
        outageAlerts.forEach(this::tell);

        scene("Wednesday: North's key is revoked, and replaced at nine in the morning");
        final List<Alert> keyAlerts = revokedKey();

        scene("Thursday: the registry has lost %d of 200 members", GONE);
        deleteMany();
        Run held = only(told(world.pass(World.at(30, 6, 0))), RunState.HELD);
        Run applied = approve();
        showHealth();

        world.pass(World.at(30, 8, 0));
        scene("Friday: the audit is exported, and proves itself");
        long lines = export(folder.resolve("audit.csv"));
        return new WeekReport(
                nights, outage, due, outageAlerts, keyAlerts, held, applied, lines, List.of(verify(), verifySouth()));
    }

    private void onboard(MemberSync kari, IntegrationId id, IntegrationDraft draft) {
        ConnectionReport report = kari.integrations().test(draft);
        if (report instanceof ConnectionReport.Connected connected) {
            line("%s: connected to %s", id, connected.organizationName());
            MemberCount count = kari.onboarding().count(draft);
            line("%s: %s", id, words(count));
        } else {
            line("%s: %s", id, report instanceof ConnectionReport.NoSystem none ? none.reason() : "?");
        }
        Onboarded done = kari.onboarding().confirm(draft, Optional.empty());
        line(
                "%s: %s",
                id, done.firstSync() instanceof StartAnswer.Queued ? "first sync queued" : "nothing to synchronize");
    }

    private static String words(MemberCount count) {
        if (count instanceof MemberCount.Told told) {
            return told.members() + " members, the registry says";
        } else if (count instanceof MemberCount.Counted counted) {
            return counted.members() + " members, counted";
        }
        return String.valueOf(count);
    }

    private void checklist(IntegrationId integration) {
        Checklist list = world.everybody().onboarding().checklist(integration);
        list.steps().stream()
                .filter(step -> step.state() != Checklist.State.NOT_APPLICABLE)
                .forEach(step -> line("   [%s] %s", step.state() == Checklist.State.DONE ? "x" : " ", step.words()));
    }

    private List<Alert> revokedKey() {
        final int before = world.alerts().size();
        world.north().revokeKey(world.north().apiKey());
        told(world.pass(World.at(28, 9, 0)));
        showHealth();
        MemberSync kari = world.administrator(World.NORTH);
        ConnectionReport wrong =
                kari.integrations().replaceCredentials(World.NORTH_REGISTRY, new Credentials.ApiKey("mistyped"));
        line("a mistyped key: %s", wrong instanceof ConnectionReport.Failed failed ? failed.advice() : "taken");
        kari.integrations().replaceCredentials(World.NORTH_REGISTRY, new Credentials.ApiKey(world.nextKey()));
        line("the right one is taken");
        told(world.pass(World.at(28, 12, 0)));
        List<Alert> alerts = alertsSince(before);
        alerts.forEach(this::tell);
        return alerts;
    }

    private void deleteMany() {
        world.pass(World.at(29, 12, 0));
        world.north()
                .members()
                .limit(GONE)
                .map(member -> member.id())
                .toList()
                .forEach(id -> world.north().delete(id, "by mistake?"));
    }

    private Run approve() {
        MemberSync kari = world.administrator(World.NORTH);
        Plan plan = kari.plans()
                .list(World.NORTH_REGISTRY, Set.of(PlanState.WAITING), Optional.empty(), 1)
                .items()
                .get(0);
        line(
                "held for approval, as the guard lets no more than 20 %% go: %s",
                plan.contents().counts());
        kari.plans()
                .changes(plan.id(), Optional.empty(), 3)
                .items()
                .forEach(change -> line("   such as %s: %s", change.externalId(), change.kinds()));
        kari.plans().approve(plan.id(), plan.contents().digest(), "North says that they have left");
        return only(told(world.tick()), RunState.COMPLETED);
    }

    private long export(Path file) throws IOException {
        try (Writer csv = Files.newBufferedWriter(file)) {
            long lines = world.administrator(World.NORTH)
                    .audit()
                    .writeCsv(AuditQuery.of(World.NORTH).between(World.at(27, 0, 0), World.at(31, 0, 0)), csv);
            line("%,d entries written as CSV, %,d bytes", lines, Files.size(file));
            return lines;
        }
    }

    private AuditCheck verify() {
        AuditCheck check = world.administrator(World.NORTH).audit().verify(World.NORTH);
        line("North's audit: %s", check instanceof AuditCheck.Intact intact ? words(intact) : check);
        return check;
    }

    private static String words(AuditCheck.Intact intact) {
        return intact.sealed() + " entries, none changed, moved, added or missing; the last seal is " + intact.seal();
    }

    private AuditCheck verifySouth() {
        return world.everybody().audit().verify(World.SOUTH);
    }

    private IntegrationHealth health(IntegrationId integration) {
        return world.everybody().health().of(integration);
    }

    private void showHealth() {
        List.of(World.NORTH_REGISTRY, World.SOUTH_REGISTRY, World.EAST_NONE).forEach(id -> {
            IntegrationHealth health = health(id);
            line(
                    "%-6s %-17s %s: %s",
                    health.state().light(),
                    id,
                    health.state(),
                    health.diagnosis().reason());
        });
    }

    private List<Alert> alertsSince(int before) {
        List<Alert> all = world.alerts();
        return all.subList(before, all.size());
    }

    private void tell(Alert alert) {
        screen.line(
                "   %s  alert %s %s",
                MOMENT.format(alert.closedAt().orElse(alert.raisedAt())),
                alert.kind(),
                alert.open() ? "raised: " + alert.finding().message() : "closed");
    }

    private List<Run> told(List<Run> runs) {
        for (int i = 0; i < runs.size(); i++) {
            boolean again = i > 0
                    && runs.get(i).state() == RunState.FAILED
                    && runs.get(i - 1).state() == RunState.FAILED;
            if (!again) {
                tell(runs.get(i));
            }
        }
        long failed =
                runs.stream().filter(run -> run.state() == RunState.FAILED).count();
        if (failed > 1) {
            line("it was tried %d times", failed);
        }
        return runs;
    }

    private void tell(Run run) {
        screen.line(
                "   %s  %s %s %s: %,d read, %,d created, %,d removed",
                MOMENT.format(run.endedAt().orElse(run.queuedAt())),
                run.integration(),
                run.kind().name().toLowerCase(Locale.ROOT),
                run.state().name().toLowerCase(Locale.ROOT),
                run.counts().read(),
                run.counts().created(),
                run.counts().removed());
    }

    private static Run only(List<Run> runs, RunState state) {
        return runs.stream()
                .filter(run -> run.state() == state)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No run is " + state + " among " + runs));
    }

    private void scene(String title, Object... parts) {
        screen.line("");
        screen.line(title, parts);
    }

    private void line(String text, Object... parts) {
        screen.line("   %s  %s", MOMENT.format(world.now()), String.format(Locale.ROOT, text, parts));
    }
}
