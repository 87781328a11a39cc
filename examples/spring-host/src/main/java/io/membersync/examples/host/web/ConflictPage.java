package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.conflict.Conflict;
import io.membersync.conflict.Settled;
import io.membersync.conflict.Settlement;
import io.membersync.examples.host.login.HostUser;
import io.membersync.examples.host.members.Members;
import io.membersync.model.FieldValue;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One difference, both sides beside each other, and its decision. */
@Controller
public class ConflictPage {

    /**
     * Which conflict.
     *
     * @param integration the integration
     * @param member the host's member
     * @param field the field's key
     */
    public record Place(IntegrationId integration, MemberId member, String field) {}

    /**
     * What was decided.
     *
     * @param revision the revision that was seen
     * @param choice what is to stand
     * @param value another value
     * @param reason why
     */
    public record Answer(
            long revision,
            Settling.Choice choice,
            @Nullable String value,
            @Nullable String reason) {

        /** Browsers send what they like. */
        public Answer {
            Failures.require(choice);
        }

        Settlement settlement(MemberField field) {
            return choice == Settling.Choice.VALUE
                    ? new Settlement.EnterValue(Settling.value(field, value == null ? "" : value))
                    : Settling.of(choice);
        }
    }

    private final Members members;
    private final Words words;

    ConflictPage(Members members, Words words) {
        this.members = members;
        this.words = words;
    }

    /** Shows it. */
    @GetMapping("/conflicts/{integration}/{member}/{field}")
    public String page(MemberSync sync, @AuthenticationPrincipal HostUser user, Place place, Model model) {
        Conflict conflict = conflict(sync, place).orElseThrow(NoSuchElementException::new);
        model.addAttribute("conflict", conflict);
        model.addAttribute(
                "integration", sync.integrations().find(place.integration()).orElseThrow(NoSuchElementException::new));
        model.addAttribute("member", members.find(user, place.member()).orElse(null));
        model.addAttribute("entry", entry(conflict.field()));
        model.addAttribute("codes", conflict.field().equals(MemberField.STATUS) ? MemberStatus.values() : null);
        model.addAttribute("current", prefilled(conflict.app().value()));
        return "conflict";
    }

    private static Optional<Conflict> conflict(MemberSync sync, Place place) {
        return sync.conflicts().find(place.integration(), place.member(), place.field());
    }

    /** The input that a field of this kind is entered with. */
    private static String entry(MemberField field) {
        return switch (field.kind()) {
            case EMAIL -> "email";
            case PHONE -> "tel";
            case DAY -> "date";
            case FLAG -> "flag";
            case HIDDEN -> "none";
            case TEXT, CODES, AFFILIATIONS -> "text";
        };
    }

    private static String prefilled(FieldValue value) {
        return value instanceof FieldValue.Hidden ? "" : value.display();
    }

    /** Decides; where somebody was faster or the value does not fit, shows what stands now and why not. */
    @PostMapping("/conflicts/{integration}/{member}/{field}")
    public String decide(
            MemberSync sync,
            @AuthenticationPrincipal HostUser user,
            Place place,
            Answer answer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes to) {
        MemberField field =
                conflict(sync, place).orElseThrow(NoSuchElementException::new).field();
        Conflict.Ref seen = new Conflict.Ref(place.integration(), place.member(), place.field(), answer.revision());
        Settled settled;
        try {
            String reason = answer.reason();
            settled = sync.conflicts().resolve(List.of(seen), answer.settlement(field), reason == null ? "" : reason);
        } catch (DateTimeException noDay) {
            model.addAttribute("unfit", words.text("conflict.no-day"));
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return page(sync, user, place, model);
        }
        if (settled.refused().isEmpty()) {
            to.addFlashAttribute("notice", words.text("conflict.resolved"));
            to.addAttribute("integration", place.integration());
            to.addAttribute("member", place.member());
            to.addAttribute("field", place.field());
            return "redirect:/conflicts/{integration}/{member}/{field}";
        }
        Settled.Refusal refusal = settled.refused().get(0);
        response.setStatus(
                refusal.why() == Settled.Why.UNFIT_VALUE
                        ? HttpServletResponse.SC_UNPROCESSABLE_CONTENT
                        : HttpServletResponse.SC_CONFLICT);
        model.addAttribute("refusal", refusal);
        return page(sync, user, place, model);
    }
}
