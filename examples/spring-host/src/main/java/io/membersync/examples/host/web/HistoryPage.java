package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.audit.AuditCheck;
import io.membersync.audit.AuditEntry;
import io.membersync.audit.AuditKind;
import io.membersync.audit.AuditQuery;
import io.membersync.examples.host.login.HostUser;
import io.membersync.model.IntegrationId;
import io.membersync.model.MemberId;
import io.membersync.model.OrganizationId;
import io.membersync.model.Slice;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Everything that was done: found, read, taken away as CSV, and checked. */
@Controller
public class HistoryPage {

    /** What something came to. */
    public enum Result {
        /** It went wrong. */
        FAILED
    }

    /**
     * Which entries are shown; nothing for all.
     *
     * @param organization whose; the first that the user may see for none
     * @param start from that day on
     * @param end until that day, which is part of it
     * @param kind of one kind
     * @param integration of one integration
     * @param member about one member
     * @param run of one run
     * @param result what it came to
     * @param from where to go on
     */
    public record Filter(
            @Nullable String organization,

            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
            LocalDate start,

            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
            LocalDate end,

            @Nullable AuditKind kind,
            @Nullable String integration,
            @Nullable String member,
            @Nullable String run,
            @Nullable Result result,
            @Nullable String from) {

        /** {@return the address of the page, or of what belongs to it, from a place on} */
        public String address(String path, @Nullable String place) {
            return Address.of(path)
                    .with("organization", organization)
                    .with("start", start)
                    .with("end", end)
                    .with("kind", kind)
                    .with("integration", integration)
                    .with("member", member)
                    .with("run", run)
                    .with("result", result)
                    .with("from", place)
                    .toString();
        }
    }

    private static final int MOST = 50;
    // Before all entries; a database holds it.
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2999, 12, 30);

    private final Shell shell;
    private final Words words;

    HistoryPage(Shell shell, Words words) {
        this.shell = shell;
        this.words = words;
    }

    /** Lists what the filter finds. */
    @GetMapping("/audit")
    public String page(
            MemberSync sync,
            @AuthenticationPrincipal HostUser user,
            @ModelAttribute("filter") Filter filter,
            Model model) {
        AuditQuery query = query(user, filter);
        Slice<AuditEntry> found =
                sync.audit().find(Address.filled(filter.from()).map(query::from).orElse(query));
        model.addAttribute("organization", query.organization());
        model.addAttribute("entries", found.items());
        model.addAttribute(
                "next",
                found.next().map(place -> filter.address("/audit", place)).orElse(null));
        model.addAttribute("kinds", AuditKind.values());
        model.addAttribute("integrations", sync.integrations().list());
        return "audit";
    }

    private AuditQuery query(HostUser user, Filter filter) {
        AuditQuery query =
                AuditQuery.of(shell.chosen(user, filter.organization())).atMost(MOST);
        if (filter.start() != null || filter.end() != null) {
            LocalDate start = filter.start() == null ? EARLIEST : within(filter.start());
            LocalDate end = filter.end() == null ? LATEST : within(filter.end());
            query = query.between(words.startOf(start), words.startOf(end.plusDays(1)));
        }
        if (filter.kind() != null) {
            query = query.only(filter.kind());
        }
        if (filter.result() == Result.FAILED) {
            query = query.onlyFailed();
        }
        query = Address.filled(filter.integration())
                .map(IntegrationId::of)
                .map(query::in)
                .orElse(query);
        query = Address.filled(filter.member())
                .map(text -> MemberId.of(text.strip()))
                .map(query::about)
                .orElse(query);
        return Address.filled(filter.run()).map(String::strip).map(query::ofRun).orElse(query);
    }

    private static LocalDate within(LocalDate day) {
        return day.isBefore(EARLIEST) ? EARLIEST : day.isAfter(LATEST) ? LATEST : day;
    }

    /** All entries that the filter finds, as they are read; nothing is collected first. */
    @GetMapping("/audit/csv")
    public void csv(
            MemberSync sync,
            @AuthenticationPrincipal HostUser user,
            @ModelAttribute("filter") Filter filter,
            HttpServletResponse response)
            throws IOException {
        AuditQuery query = query(user, filter);
        // A refusal has to come before the first line.
        sync.audit().find(query.atMost(1));
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("history-" + query.organization() + ".csv", StandardCharsets.UTF_8)
                        .build()
                        .toString());
        sync.audit().writeCsv(query, response.getWriter());
    }

    /** Checks that nobody has changed the history. */
    @PostMapping("/audit/verify")
    public String verify(MemberSync sync, @RequestParam OrganizationId organization, RedirectAttributes to) {
        AuditCheck check = sync.audit().verify(organization);
        to.addFlashAttribute("check", said(check));
        to.addFlashAttribute("broken", check instanceof AuditCheck.Broken);
        to.addAttribute("organization", organization);
        return "redirect:/audit";
    }

    private String said(AuditCheck check) {
        if (check instanceof AuditCheck.Broken broken) {
            return words.text("audit.broken", words.number(broken.place()), broken.what());
        } else if (check instanceof AuditCheck.Unproven unproven) {
            return words.text(
                    "audit.unproven",
                    words.number(unproven.entries()),
                    words.moment(unproven.first()),
                    words.moment(unproven.last()));
        }
        AuditCheck.Intact intact = (AuditCheck.Intact) check;
        return words.text("audit.intact", words.number(intact.sealed()), words.number(intact.waiting()), intact.seal());
    }
}
