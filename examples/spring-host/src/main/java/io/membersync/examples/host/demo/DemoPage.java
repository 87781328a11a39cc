package io.membersync.examples.host.demo;

import io.membersync.examples.host.members.Member;
import io.membersync.examples.host.web.Words;
import io.membersync.testkit.simulator.Fault;
import io.membersync.testkit.simulator.consio.ConsioSimulator;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Changes the simulated registries, breaks them and repairs them. */
@Controller
@Profile("demo")
public class DemoPage {

    /** What a visitor may do to a registry. */
    public enum Act {
        /** Some members change. */
        CHANGE,
        /** Many members vanish. */
        LEAVE,
        /** It does not answer any more. */
        BREAK,
        /** The key is taken back. */
        REVOKE,
        /** Everything works again. */
        REPAIR
    }

    /** A registry of the demo. */
    public enum Registry {
        /** The mountain club's. */
        CORNERSTONE,
        /** The sea paddlers'. */
        CONSIO,
        /** The federation's. */
        DYNAMICS
    }

    /**
     * A registry as the page shows it.
     *
     * @param registry which
     * @param name whose
     * @param address where it answers
     * @param key what opens it
     * @param members how many members it has
     */
    public record Shown(Registry registry, String name, URI address, String key, long members) {}

    private static final int CHANGES = 25;
    private static final int LEAVERS = 60;
    private static final int UNAVAILABLE = 503;

    private final CornerstoneSimulator cornerstone;
    private final ConsioSimulator consio;
    private final DataverseSimulator dataverse;
    private final DemoStory story;
    private final Words words;

    DemoPage(
            CornerstoneSimulator cornerstone,
            ConsioSimulator consio,
            DataverseSimulator dataverse,
            DemoStory story,
            Words words) {
        this.cornerstone = cornerstone;
        this.consio = consio;
        this.dataverse = dataverse;
        this.story = story;
        this.words = words;
    }

    /** Shows the registries. */
    @GetMapping("/demo")
    public String page(Model model) {
        model.addAttribute("told", story.told());
        model.addAttribute("visitor", story.visitor().map(Member::name).orElse(null));
        model.addAttribute(
                "registries",
                List.of(
                        new Shown(
                                Registry.CORNERSTONE,
                                words.organization(DemoRegistries.MOUNTAINS),
                                cornerstone.baseUrl(),
                                DemoRegistries.NEXT_KEY,
                                cornerstone.count()),
                        new Shown(
                                Registry.CONSIO,
                                words.organization(DemoRegistries.SEA),
                                consio.baseUrl(),
                                consio.apiKey(),
                                consio.count()),
                        new Shown(
                                Registry.DYNAMICS,
                                words.organization(DemoRegistries.SOUND),
                                dataverse.baseUrl(),
                                dataverse.clientSecret(),
                                dataverse.ids().size())));
        model.addAttribute("freeAddress", cornerstone.baseUrl("ung"));
        model.addAttribute("freeKey", DemoRegistries.YOUTH_KEY);
        return "demo";
    }

    /** Does something to a registry. */
    @PostMapping("/demo")
    public String act(@RequestParam Registry registry, @RequestParam Act act, RedirectAttributes to) {
        switch (registry) {
            case CORNERSTONE -> onCornerstone(act);
            case CONSIO -> onConsio(act);
            case DYNAMICS -> onDynamics(act);
        }
        to.addFlashAttribute("notice", words.text("demo.done"));
        return "redirect:/demo";
    }

    private void onCornerstone(Act act) {
        switch (act) {
            case CHANGE -> cornerstone.applyRandomChanges(CHANGES, Instant.now().toEpochMilli());
            case LEAVE ->
                cornerstone
                        .members()
                        .limit(LEAVERS)
                        .toList()
                        .forEach(member -> cornerstone.delete(member.id(), "demo"));
            case BREAK -> cornerstone.faults().on("*").then(Fault.status(UNAVAILABLE));
            case REVOKE -> cornerstone.revokeKey(cornerstone.apiKey());
            case REPAIR -> {
                cornerstone.faults().clear();
                cornerstone.restoreKeys();
            }
        }
    }

    private void onConsio(Act act) {
        switch (act) {
            case CHANGE ->
                consio.members()
                        .limit(CHANGES)
                        .toList()
                        .forEach(member ->
                                consio.update(member.id(), "{\"epost\":\"changed." + member.id() + "@example.com\"}"));
            case LEAVE -> consio.members().limit(LEAVERS).toList().forEach(member -> consio.delete(member.id()));
            case BREAK -> consio.faults().on("*").then(Fault.status(UNAVAILABLE));
            case REVOKE -> consio.stopKey();
            case REPAIR -> {
                consio.faults().clear();
                consio.restoreKey();
            }
        }
    }

    private void onDynamics(Act act) {
        switch (act) {
            case CHANGE ->
                dataverse.ids().stream()
                        .limit(CHANGES)
                        .forEach(id -> dataverse.update(id, "{\"emailaddress1\":\"changed@example.com\"}"));
            case LEAVE -> dataverse.ids().stream().limit(LEAVERS).forEach(dataverse::delete);
            case BREAK -> dataverse.faults().on("*").then(Fault.status(UNAVAILABLE));
            case REVOKE -> dataverse.expireSecret();
            case REPAIR -> {
                dataverse.faults().clear();
                dataverse.restore();
            }
        }
    }
}
