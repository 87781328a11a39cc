package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.ConflictQuery;
import io.membersync.conflict.Settled;
import io.membersync.examples.host.login.HostUser;
import io.membersync.examples.host.members.Member;
import io.membersync.examples.host.members.Members;
import io.membersync.model.FieldCategory;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The differences that wait for a person: found by what they are about, decided one decision for many. */
@Controller
public class ConflictsPage {

    /**
     * Which conflicts are shown; nothing for all.
     *
     * @param organization one organization's
     * @param integration one integration's
     * @param category of fields of one category
     * @param field of one field, by its key
     * @param member of one member
     * @param state open ones, unless another is chosen
     * @param days opened that many days ago or before
     * @param from where to go on
     */
    public record Filter(
            @Nullable String organization,
            @Nullable String integration,
            @Nullable FieldCategory category,
            @Nullable String field,
            @Nullable String member,
            ConflictQuery.@Nullable State state,
            @Nullable Integer days,
            @Nullable String from) {

        ConflictQuery query() {
            return new ConflictQuery(
                    new ConflictQuery.Scope(
                            Address.filled(organization).map(OrganizationId::of),
                            Address.filled(integration).map(IntegrationId::of)),
                    state == null ? ConflictQuery.State.OPEN : state,
                    new ConflictQuery.What(
                            Optional.ofNullable(category),
                            Address.filled(field),
                            Address.filled(member).map(MemberId::of)),
                    Optional.ofNullable(days).map(age -> Instant.now().minus(Duration.ofDays(age))),
                    Address.filled(from),
                    MOST);
        }

        /** {@return the page's address from a place on} */
        public String address(@Nullable String place) {
            return Address.of("/conflicts")
                    .with("organization", organization)
                    .with("integration", integration)
                    .with("category", category)
                    .with("field", field)
                    .with("member", member)
                    .with("state", state)
                    .with("days", days)
                    .with("from", place)
                    .toString();
        }
    }

    /**
     * A conflict as the page lists it.
     *
     * @param conflict the conflict
     * @param box what its box says
     * @param member whose it is, where the member may be seen
     */
    public record Row(Conflict conflict, String box, Optional<Member> member) {}

    private static final int MOST = 50;

    private final Members members;
    private final Words words;

    ConflictsPage(Members members, Words words) {
        this.members = members;
        this.words = words;
    }

    /** Lists them. */
    @GetMapping("/conflicts")
    public String page(
            MemberSync sync,
            @AuthenticationPrincipal HostUser user,
            @ModelAttribute("filter") Filter filter,
            Model model) {
        Slice<Conflict> found = sync.conflicts().find(filter.query());
        model.addAttribute("rows", rows(user, found.items()));
        model.addAttribute("next", found.next().map(filter::address).orElse(null));
        model.addAttribute("integrations", sync.integrations().list());
        model.addAttribute(
                "backlog",
                Address.filled(filter.integration())
                        .map(IntegrationId::of)
                        .map(sync.conflicts()::backlog)
                        .orElse(null));
        model.addAttribute("categories", FieldCategory.values());
        model.addAttribute("fields", MemberField.standard());
        model.addAttribute("states", ConflictQuery.State.values());
        return "conflicts";
    }

    private List<Row> rows(HostUser user, List<Conflict> conflicts) {
        Map<MemberId, Member> names =
                members.find(user, conflicts.stream().map(Conflict::member).toList());
        return conflicts.stream()
                .map(conflict -> new Row(
                        conflict, Settling.name(conflict.ref()), Optional.ofNullable(names.get(conflict.member()))))
                .toList();
    }

    /** Decides those that were ticked; what could not be decided any more is shown as it stands now. */
    @PostMapping("/conflicts")
    public String decide(
            MemberSync sync,
            @AuthenticationPrincipal HostUser user,
            @ModelAttribute("filter") Filter filter,
            @RequestParam MultiValueMap<String, String> form,
            @RequestParam Settling.Choice choice,
            @RequestParam String reason,
            Model model,
            HttpServletResponse response,
            RedirectAttributes to) {
        List<Conflict.Ref> chosen = form.getOrDefault("conflict", List.of()).stream()
                .map(Settling::named)
                .toList();
        Settled settled = sync.conflicts().resolve(chosen, Settling.of(choice), reason);
        String notice = chosen.isEmpty()
                ? words.text("conflicts.none-chosen")
                : words.text("conflicts.resolved", words.number(settled.resolved()));
        if (settled.refused().isEmpty()) {
            to.addFlashAttribute("notice", notice);
            return "redirect:" + filter.address(filter.from());
        }
        response.setStatus(HttpServletResponse.SC_CONFLICT);
        model.addAttribute("notice", notice);
        model.addAttribute("refused", settled.refused());
        return page(sync, user, filter, model);
    }
}
