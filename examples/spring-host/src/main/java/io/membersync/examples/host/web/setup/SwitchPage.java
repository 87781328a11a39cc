package io.membersync.examples.host.web.setup;

import io.membersync.MemberSync;
import io.membersync.connector.WebhookSecret;
import io.membersync.enrichment.EnrichmentBasis;
import io.membersync.enrichment.EnrichmentSetting;
import io.membersync.examples.host.web.Words;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.setup.Integration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is switched on and off, set and removed on the page of an integration's settings. */
@Controller
public class SwitchPage {

    private static final String SETTINGS = "redirect:/integrations/{id}/settings";
    private static final String NOTICE = "notice";

    private final Words words;

    SwitchPage(Words words) {
        this.words = words;
    }

    private static Integration integration(MemberSync sync, IntegrationId id) {
        return sync.integrations().find(id).orElseThrow(NoSuchElementException::new);
    }

    /** Switches an integration on or off. */
    @PostMapping("/integrations/{id}/settings/enabled")
    public String enabled(
            MemberSync sync, @PathVariable IntegrationId id, @RequestParam boolean on, RedirectAttributes to) {
        if (on) {
            sync.integrations().enable(id);
        } else {
            sync.integrations().disable(id);
        }
        to.addFlashAttribute(NOTICE, words.text(on ? "settings.enabled" : "settings.disabled"));
        return SETTINGS;
    }

    /** Removes an integration for good. */
    @PostMapping("/integrations/{id}/settings/remove")
    public String remove(
            MemberSync sync, @PathVariable IntegrationId id, @RequestParam String reason, RedirectAttributes to) {
        OrganizationId organization = integration(sync, id).organization();
        sync.integrations().remove(id, reason);
        to.addFlashAttribute(NOTICE, words.text("settings.removed", words.organization(organization)));
        return "redirect:/";
    }

    /** Sets the secrets of webhooks; none to expect none. */
    @PostMapping("/integrations/{id}/settings/webhooks")
    public String webhooks(
            MemberSync sync,
            @PathVariable IntegrationId id,
            @RequestParam(defaultValue = "") String secret,
            @RequestParam(defaultValue = "") String other,
            RedirectAttributes to) {
        try {
            List<WebhookSecret> secrets = Stream.of(secret, other)
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .map(WebhookSecret::new)
                    .toList();
            sync.integrations().webhookSecrets(id, secrets);
            to.addFlashAttribute(NOTICE, words.text("settings.webhooks.set", secrets.size()));
        } catch (InvalidConfigurationException refused) {
            to.addFlashAttribute("webhookWrong", refused.violations().get(0).message());
        } catch (IllegalArgumentException unusable) {
            to.addFlashAttribute("webhookWrong", unusable.getMessage());
        }
        return SETTINGS + "#webhooks";
    }

    /** Lets logins enrich the registry, on a ground. */
    @PostMapping("/integrations/{id}/settings/enrichment")
    public String enrichment(
            MemberSync sync,
            @PathVariable IntegrationId id,
            @RequestParam MultiValueMap<String, String> values,
            RedirectAttributes to) {
        OrganizationId organization = integration(sync, id).organization();
        Reading reading = new Reading(new Filled(values));
        BasisForm form = new BasisForm(reading);
        form.basis(organization)
                .ifPresentOrElse(
                        (EnrichmentBasis basis) -> {
                            sync.enrichments().activate(basis);
                            to.addFlashAttribute(NOTICE, words.text("settings.enrichment.on"));
                        },
                        () -> to.addFlashAttribute("enrichmentWrong", "wrong.basis"));
        return SETTINGS + "#enrichment";
    }

    /** Switches enrichment off. */
    @PostMapping("/integrations/{id}/settings/enrichment/off")
    public String enrichmentOff(MemberSync sync, @PathVariable IntegrationId id, RedirectAttributes to) {
        OrganizationId organization = integration(sync, id).organization();
        boolean on = sync.enrichments()
                .find(organization)
                .filter(EnrichmentSetting::on)
                .isPresent();
        if (on) {
            sync.enrichments().deactivate(organization);
        }
        to.addFlashAttribute(NOTICE, words.text(on ? "settings.enrichment.off" : "enrichment.already-off"));
        return SETTINGS + "#enrichment";
    }
}
