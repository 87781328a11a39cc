package io.membersync.examples.host.web.setup;

import io.membersync.MemberSync;
import io.membersync.connector.RegistrySchema;
import io.membersync.fault.InvalidConfigurationException;
import io.membersync.fault.RegistryException;
import io.membersync.fault.StaleVersionException;
import io.membersync.mapping.Direction;
import io.membersync.mapping.MappingSet;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.setup.Integration;
import io.membersync.setup.SystemChoice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Which of the registry's fields become which of the members': change it, look at real records, save. */
@Controller
public class MappingPage {

    /** What a button of the editor asks for. */
    public enum Act {
        /** One line more. */
        ADD,
        /** One line less. */
        REMOVE,
        /** What is wrong with the lines. */
        CHECK,
        /** What they make of some records. */
        PREVIEW,
        /** To store them. */
        SAVE
    }

    private static final int UNPROCESSABLE = 422;

    private final Replies replies;

    MappingPage(Replies replies) {
        this.replies = replies;
    }

    /** Shows the mappings as they were saved last. */
    @GetMapping("/integrations/{id}/mapping")
    public String page(MemberSync sync, @PathVariable IntegrationId id, Model model) {
        Integration integration = integration(sync, id);
        MappingSet suggested = suggested(sync, integration);
        Map<String, MemberField> fields = MappingForm.fields(integration.mapping(), suggested);
        show(model, integration, suggested, fields, MappingForm.of(integration.mapping(), fields));
        return "mapping";
    }

    private static Integration integration(MemberSync sync, IntegrationId id) {
        return sync.integrations().find(id).filter(Integration::hasSystem).orElseThrow(NoSuchElementException::new);
    }

    private static MappingSet suggested(MemberSync sync, Integration integration) {
        return sync.onboarding().systems(integration.organization()).stream()
                .filter(choice -> choice.system().id().equals(integration.system()))
                .findFirst()
                .map(SystemChoice::suggestedMapping)
                .orElseThrow(NoSuchElementException::new);
    }

    private static void show(
            Model model,
            Integration integration,
            MappingSet suggested,
            Map<String, MemberField> fields,
            MappingForm form) {
        model.addAttribute("integration", integration);
        model.addAttribute("seen", integration.mapping().fingerprint());
        model.addAttribute("rows", form.rows());
        model.addAttribute("wrong", form.wrong());
        model.addAttribute("others", form.others());
        model.addAttribute("missing", form.missing(suggested));
        model.addAttribute("excluded", form.excluded());
        model.addAttribute("fields", fields.values());
        model.addAttribute("directions", Direction.values());
    }

    /** Carries out a button; what was typed comes back with the answer. */
    @PostMapping("/integrations/{id}/mapping")
    public String answer(
            MemberSync sync,
            @PathVariable IntegrationId id,
            @RequestParam(defaultValue = "REMOVE") Act act,
            @RequestParam(defaultValue = "-1") int remove,
            @RequestParam MultiValueMap<String, String> values,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Integration integration = integration(sync, id);
        MappingSet suggested = suggested(sync, integration);
        Map<String, MemberField> fields = MappingForm.fields(integration.mapping(), suggested);
        Filled filled = new Filled(values);
        if (act == Act.SAVE
                && !filled.text("seen")
                        .equals(String.valueOf(integration.mapping().fingerprint()))) {
            throw new StaleVersionException("The mapping of '" + id + "'");
        }
        MappingForm form = MappingForm.read(filled, fields);
        try {
            if (carryOut(sync, id, act, remove, form, model)) {
                return replies.leave("/integrations/" + id + "/mapping", "mapping.saved", request, response);
            }
        } catch (InvalidConfigurationException refused) {
            form.refused(refused.violations());
        } catch (RegistryException silent) {
            model.addAttribute("silent", silent.advice());
        }
        if (form.anyWrong()) {
            response.setStatus(UNPROCESSABLE);
        }
        show(model, integration, suggested, fields, form);
        return request.getHeader(Replies.HTMX) == null ? "mapping" : "mapping :: editor";
    }

    private static boolean carryOut(
            MemberSync sync, IntegrationId id, Act act, int remove, MappingForm form, Model model) {
        switch (act) {
            case ADD -> form.add();
            case REMOVE -> form.remove(remove);
            case CHECK, PREVIEW, SAVE -> {
                Optional<MappingSet> mapping = form.mapping();
                return mapping.isPresent() && checked(sync, id, act, form, mapping.get(), model);
            }
        }
        return false;
    }

    private static boolean checked(
            MemberSync sync, IntegrationId id, Act act, MappingForm form, MappingSet mapping, Model model) {
        if (act == Act.SAVE) {
            sync.mappings().save(id, mapping, form.excluded());
            return true;
        }
        form.refused(sync.mappings().validate(id, mapping, form.excluded()));
        model.addAttribute("fine", !form.anyWrong());
        if (act == Act.PREVIEW) {
            model.addAttribute("preview", sync.mappings().preview(id, mapping));
        }
        return false;
    }

    /** The registry's fields: it is asked behind the page, which does not wait for it. */
    @GetMapping("/fragments/integrations/{id}/schema")
    public String schema(MemberSync sync, @PathVariable IntegrationId id, Model model) {
        try {
            model.addAttribute(
                    "schema",
                    sync.mappings().schema(id).map(RegistrySchema::fields).orElse(List.of()));
        } catch (RegistryException silent) {
            model.addAttribute("silent", silent.advice());
        }
        return "mapping :: schema";
    }
}
