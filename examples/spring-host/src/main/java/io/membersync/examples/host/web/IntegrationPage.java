package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.health.IntegrationHealth;
import io.membersync.model.IntegrationId;
import io.membersync.run.PlanState;
import io.membersync.run.RunId;
import io.membersync.run.StartAnswer;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One integration: how it is, its runs, what is held, and what an administrator may start or stop. */
@Controller
public class IntegrationPage {

    /** What can be started by hand. */
    public enum Start {
        /** All members. */
        FULL,
        /** What has changed. */
        DELTA,
        /** The records that could not be used. */
        RETRY
    }

    private static final int RUNS = 10;
    private static final int SAMPLES = 10;

    private final Words words;

    IntegrationPage(Words words) {
        this.words = words;
    }

    /** Shows it. */
    @GetMapping("/integrations/{id}")
    public String page(MemberSync sync, @PathVariable IntegrationId id, Model model) {
        health(sync, id, model);
        return "integration";
    }

    /** What changes while the page is open. */
    @GetMapping("/fragments/integrations/{id}")
    public String health(MemberSync sync, @PathVariable IntegrationId id, Model model) {
        IntegrationHealth health = sync.health().of(id);
        model.addAttribute("health", health);
        model.addAttribute("integration", sync.integrations().find(id).orElseThrow(NoSuchElementException::new));
        model.addAttribute("runs", sync.runs().list(id, Optional.empty(), RUNS).items());
        model.addAttribute(
                "plans",
                sync.plans()
                        .list(id, Set.of(PlanState.WAITING), Optional.empty(), RUNS)
                        .items());
        return "integration :: live";
    }

    /** Starts a sync, or says why not. */
    @PostMapping("/integrations/{id}/start")
    public String start(
            MemberSync sync, @PathVariable IntegrationId id, @RequestParam Start what, RedirectAttributes to) {
        StartAnswer answer = switch (what) {
            case FULL -> sync.runs().startFull(id);
            case DELTA -> sync.runs().startDelta(id);
            case RETRY -> sync.runs().retryFailed(id);
        };
        to.addFlashAttribute("notice", said(answer));
        return "redirect:/integrations/{id}";
    }

    /** Cancels a run; what it has committed stays. */
    @PostMapping("/integrations/{id}/runs/{run}/cancel")
    public String cancel(
            MemberSync sync, @PathVariable IntegrationId id, @PathVariable RunId run, RedirectAttributes to) {
        sync.runs().cancel(run);
        to.addFlashAttribute("notice", words.text("run.cancelling"));
        return "redirect:/integrations/{id}";
    }

    /** Pauses a run at its next safe point. */
    @PostMapping("/integrations/{id}/runs/{run}/pause")
    public String pause(MemberSync sync, @PathVariable IntegrationId id, @PathVariable RunId run) {
        sync.runs().pause(run);
        return "redirect:/integrations/{id}";
    }

    /** Lets a paused run go on. */
    @PostMapping("/integrations/{id}/runs/{run}/resume")
    public String resume(
            MemberSync sync, @PathVariable IntegrationId id, @PathVariable RunId run, RedirectAttributes to) {
        to.addFlashAttribute("notice", said(sync.runs().resume(run)));
        return "redirect:/integrations/{id}";
    }

    /** What a sync would do now; it reads the registry, and writes nothing. */
    @PostMapping("/integrations/{id}/preview")
    public String preview(MemberSync sync, @PathVariable IntegrationId id, Model model) {
        model.addAttribute("id", id);
        model.addAttribute("preview", sync.runs().preview(id, SAMPLES));
        return "preview";
    }

    /** Puts the answer to a start into words. */
    String said(StartAnswer answer) {
        if (answer instanceof StartAnswer.RefusedUntil refused) {
            return words.text("start.later", words.moment(refused.next()));
        } else if (answer instanceof StartAnswer.AlreadyActive) {
            return words.text("start.active");
        } else if (answer instanceof StartAnswer.Unavailable unavailable) {
            return unavailable.reason();
        }
        return words.text("start.queued");
    }
}
