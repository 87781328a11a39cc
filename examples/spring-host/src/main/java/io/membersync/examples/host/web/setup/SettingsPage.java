package io.membersync.examples.host.web.setup;

import io.membersync.MemberSync;
import io.membersync.connector.ConnectionReport;
import io.membersync.connector.SettingsForm;
import io.membersync.enrichment.EnrichmentSetting;
import io.membersync.examples.host.web.Words;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.http.Credentials;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.run.SyncSchedule;
import io.membersync.setup.ConfigurationVersion;
import io.membersync.setup.Integration;
import io.membersync.setup.IntegrationDraft;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** How an integration is set up, without its secrets, and what of it can be changed. */
@Controller
public class SettingsPage {

    /** What a button of the form asks for. */
    public enum Act {
        /** Whether the registry can be reached as filled in. */
        TEST,
        /** To store what is filled in. */
        SAVE,
        /** To put other credentials in force, if the registry takes them. */
        REPLACE,
        /** To store the schedule alone, for which no credentials are needed. */
        SCHEDULE
    }

    private static final int VERSIONS = 10;

    private final Words words;
    private final Replies replies;

    SettingsPage(Words words, Replies replies) {
        this.words = words;
        this.replies = replies;
    }

    /** Shows how an integration is set up. */
    @GetMapping("/integrations/{id}/settings")
    public String page(
            MemberSync sync,
            @PathVariable IntegrationId id,
            @RequestParam @Nullable String from,
            HttpServletRequest request,
            Model model) {
        Integration integration = fill(sync, id, from, request, model);
        model.addAttribute("wrong", ConnectionForm.nothing(form(sync, integration)));
        model.addAttribute("filled", filled(integration, sync));
        return "settings";
    }

    private static Filled filled(Integration integration, MemberSync sync) {
        Filled filled = ConnectionForm.filled(integration);
        return sync.enrichments()
                .find(integration.organization())
                .map(EnrichmentSetting::basis)
                .map(basis -> filled.with("purpose", basis.purpose())
                        .with("legalBasis", basis.legalBasis())
                        .with("zone", basis.zone().getId()))
                .orElse(filled);
    }

    private static Integration integration(MemberSync sync, IntegrationId id) {
        return sync.integrations().find(id).orElseThrow(NoSuchElementException::new);
    }

    private static SettingsForm form(MemberSync sync, Integration integration) {
        return sync.onboarding().systems(integration.organization()).stream()
                .filter(choice -> choice.system().id().equals(integration.system()))
                .findFirst()
                .orElseThrow(NoSuchElementException::new)
                .form();
    }

    private static Integration fill(
            MemberSync sync, IntegrationId id, @Nullable String from, HttpServletRequest request, Model model) {
        Integration integration = integration(sync, id);
        model.addAttribute("integration", integration);
        model.addAttribute("form", form(sync, integration));
        model.addAttribute(
                "schedule", ScheduleForm.filled(integration.timetable().schedule()));
        Slice<ConfigurationVersion> versions = sync.integrations().history(id, Optional.ofNullable(from), VERSIONS);
        model.addAttribute("versions", versions.items());
        model.addAttribute(
                "schedules",
                versions.items().stream()
                        .map(version -> version.integration().timetable().schedule())
                        .map(ScheduleForm::filled)
                        .toList());
        model.addAttribute("older", versions.next().orElse(null));
        model.addAttribute(
                "enrichment",
                sync.enrichments().find(integration.organization()).orElse(null));
        model.addAttribute("rate", integration.hasSystem() ? sync.integrations().rateLimit(id) : null);
        model.addAttribute(
                "webhookAddress",
                ServletUriComponentsBuilder.fromContextPath(request)
                        .path("/membersync/webhooks/{id}")
                        .build(id)
                        .toString());
        return integration;
    }

    /** Tests or stores what was filled in, or other credentials alone. */
    @PostMapping("/integrations/{id}/settings")
    public String change(
            MemberSync sync,
            @PathVariable IntegrationId id,
            @RequestParam Act act,
            @RequestParam MultiValueMap<String, String> values,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Integration integration = fill(sync, id, null, request, model);
        SettingsForm settings = form(sync, integration);
        Filled filled = new Filled(values);
        ConnectionForm form = new ConnectionForm(settings, filled);
        Wrong wrong = ConnectionForm.nothing(settings);
        boolean saved = switch (act) {
            case TEST, SAVE -> change(sync, act, integration, form, wrong, model);
            case REPLACE -> replace(sync, id, form, wrong, model);
            case SCHEDULE -> reschedule(sync, id, form, wrong);
        };
        if (saved) {
            return replies.leave(
                    "/integrations/" + id + "/settings",
                    act == Act.REPLACE ? "settings.replaced" : "settings.saved",
                    request,
                    response);
        }
        model.addAttribute("filled", filled);
        return replies.stay("settings", wrong, request, response, model);
    }

    private boolean change(
            MemberSync sync, Act act, Integration before, ConnectionForm form, Wrong wrong, Model model) {
        IntegrationDraft draft = form.change(before);
        wrong.with(form.found()).withLibrary(sync.integrations().validate(draft), ConnectionForm.CREDENTIALS);
        if (wrong.any()) {
            return false;
        }
        try {
            if (act == Act.SAVE) {
                sync.integrations().add(draft);
                return true;
            }
            model.addAttribute("verdict", Verdict.of(sync.integrations().test(draft), words));
        } catch (InvalidConfigurationException refused) {
            wrong.withLibrary(refused.violations(), ConnectionForm.CREDENTIALS);
        }
        return false;
    }

    private static boolean reschedule(MemberSync sync, IntegrationId id, ConnectionForm form, Wrong wrong) {
        Optional<SyncSchedule> schedule = form.schedule();
        wrong.with(form.found());
        if (schedule.isEmpty() || wrong.any()) {
            return false;
        }
        try {
            sync.integrations().reschedule(id, schedule.get());
            return true;
        } catch (InvalidConfigurationException refused) {
            wrong.withLibrary(refused.violations(), ConnectionForm.CREDENTIALS);
            return false;
        }
    }

    private boolean replace(MemberSync sync, IntegrationId id, ConnectionForm form, Wrong wrong, Model model) {
        Optional<Credentials> credentials = form.credentials();
        wrong.with(form.found());
        if (credentials.isEmpty() || wrong.any()) {
            return false;
        }
        try {
            ConnectionReport report = sync.integrations().replaceCredentials(id, credentials.get());
            if (report instanceof ConnectionReport.Connected) {
                return true;
            }
            Verdict failed = Verdict.of(report, words);
            model.addAttribute(
                    "verdict",
                    new Verdict(
                            false,
                            failed.said() + " " + words.text("settings.kept"),
                            failed.advice(),
                            failed.detail()));
        } catch (InvalidConfigurationException refused) {
            wrong.withLibrary(refused.violations(), ConnectionForm.CREDENTIALS);
        }
        return false;
    }

    /** Asks the registry who it is, with what is stored. */
    @PostMapping("/integrations/{id}/settings/test")
    public String test(
            MemberSync sync,
            @PathVariable IntegrationId id,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Integration integration = fill(sync, id, null, request, model);
        model.addAttribute("filled", filled(integration, sync));
        model.addAttribute("verdict", Verdict.of(sync.integrations().test(id), words));
        return replies.stay("settings", new Wrong(List.of()), request, response, model);
    }
}
