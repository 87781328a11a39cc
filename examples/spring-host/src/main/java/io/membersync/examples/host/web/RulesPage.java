package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.conflict.Rule;
import io.membersync.conflict.RuleSet;
import io.membersync.conflict.RuleVersion;
import io.membersync.examples.host.login.HostUser;
import io.membersync.fault.StaleVersionException;
import io.membersync.model.FieldCategory;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who wins where the sides differ: by category, by field, and by version. */
@Controller
public class RulesPage {

    /**
     * The rules of a category.
     *
     * @param category the category
     * @param standard the platform's default
     * @param chosen what the organization chose; null for the default
     * @param fields its fields
     */
    public record Section(
            FieldCategory category, Rule standard, @Nullable Rule chosen, List<Line> fields) {}

    /**
     * The rule of a field.
     *
     * @param field the field
     * @param chosen what the organization chose; null for the category's rule
     * @param stands the rule in force
     */
    public record Line(MemberField field, @Nullable Rule chosen, Rule stands) {}

    /**
     * A version, and in what it differs from the one before.
     *
     * @param version the version
     * @param differences the rules that became others
     */
    public record Past(RuleVersion version, List<String> differences) {}

    private static final int MOST = 20;

    private final Shell shell;
    private final Words words;

    RulesPage(Shell shell, Words words) {
        this.shell = shell;
        this.words = words;
    }

    /** Shows them, and their versions. */
    @GetMapping("/rules")
    public String page(
            MemberSync sync,
            @AuthenticationPrincipal HostUser user,
            @RequestParam @Nullable String organization,
            @RequestParam @Nullable String from,
            Model model) {
        OrganizationId id = shell.chosen(user, organization);
        RuleVersion newest = sync.rules().newest(id);
        Slice<RuleVersion> history = sync.rules().history(id, Address.filled(from), MOST);
        model.addAttribute("organization", id);
        model.addAttribute("version", newest);
        model.addAttribute(
                "sections",
                Arrays.stream(FieldCategory.values())
                        .map(category -> section(category, newest.rules()))
                        .toList());
        model.addAttribute("rules", Rule.values());
        model.addAttribute("history", past(history.items()));
        model.addAttribute("next", history.next().orElse(null));
        model.addAttribute("locked", user.global() && !newest.delegated());
        return "rules";
    }

    private static Section section(FieldCategory category, RuleSet rules) {
        return new Section(
                category,
                RuleSet.platformDefault(category),
                rules.categories().get(category),
                MemberField.standard().stream()
                        .filter(field -> field.category() == category)
                        .map(field -> new Line(field, rules.fields().get(field.key()), rules.ruleFor(field)))
                        .toList());
    }

    private List<Past> past(List<RuleVersion> versions) {
        List<Past> all = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            RuleVersion version = versions.get(i);
            RuleSet before = i + 1 < versions.size()
                    ? versions.get(i + 1).rules()
                    : version.number() == 1 ? RuleSet.platformDefaults() : version.rules();
            all.add(new Past(version, differences(before, version.rules())));
        }
        return all;
    }

    private List<String> differences(RuleSet before, RuleSet after) {
        List<String> all = new ArrayList<>();
        for (FieldCategory category : FieldCategory.values()) {
            add(
                    all,
                    words.of(category),
                    before.categories().get(category),
                    after.categories().get(category));
        }
        for (MemberField field : MemberField.standard()) {
            add(
                    all,
                    words.field(field),
                    before.fields().get(field.key()),
                    after.fields().get(field.key()));
        }
        return all;
    }

    private void add(List<String> all, String what, @Nullable Rule before, @Nullable Rule after) {
        if (before != after) {
            all.add(words.text("rules.difference", what, named(before), named(after)));
        }
    }

    private String named(@Nullable Rule rule) {
        return rule == null ? words.text("rules.none") : words.of(rule);
    }

    /** Replaces all rules by those of the form, if nobody was faster. */
    @PostMapping("/rules")
    public String save(
            MemberSync sync,
            @RequestParam OrganizationId organization,
            @RequestParam long seen,
            @RequestParam Map<String, String> form,
            RedirectAttributes to) {
        RuleVersion newest = sync.rules().newest(organization);
        if (newest.number() != seen) {
            throw new StaleVersionException("The rules");
        }
        RuleVersion saved = sync.rules().replace(newest, rules(newest.rules(), form));
        return done(to, organization, saved.number() == seen ? "rules.same" : "rules.saved");
    }

    /** The rules of fields that the form does not show stay as they are. */
    private static RuleSet rules(RuleSet old, Map<String, String> form) {
        Map<FieldCategory, Rule> categories = new EnumMap<>(FieldCategory.class);
        for (FieldCategory category : FieldCategory.values()) {
            chosen(form, "category-" + category).ifPresent(rule -> categories.put(category, rule));
        }
        Map<String, Rule> fields = new HashMap<>(old.fields());
        for (MemberField field : MemberField.standard()) {
            fields.remove(field.key());
            chosen(form, "field-" + field.key()).ifPresent(rule -> fields.put(field.key(), rule));
        }
        return new RuleSet(categories, fields);
    }

    private static Optional<Rule> chosen(Map<String, String> form, String name) {
        return Address.filled(form.get(name)).map(Rule::valueOf);
    }

    /** Goes back to the platform's defaults. */
    @PostMapping("/rules/reset")
    public String reset(MemberSync sync, @RequestParam OrganizationId organization, RedirectAttributes to) {
        sync.rules().reset(organization);
        return done(to, organization, "rules.saved");
    }

    /** Lets global administrators change the rules, or no longer. */
    @PostMapping("/rules/delegate")
    public String delegate(
            MemberSync sync,
            @RequestParam OrganizationId organization,
            @RequestParam boolean allowed,
            RedirectAttributes to) {
        sync.rules().delegate(organization, allowed);
        return done(to, organization, allowed ? "rules.delegated" : "rules.undelegated");
    }

    private String done(RedirectAttributes to, OrganizationId organization, String notice) {
        to.addFlashAttribute("notice", words.text(notice));
        to.addAttribute("organization", organization);
        return "redirect:/rules";
    }
}
