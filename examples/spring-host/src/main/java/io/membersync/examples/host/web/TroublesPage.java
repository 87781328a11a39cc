package io.membersync.examples.host.web;

import io.membersync.MemberSync;
import io.membersync.model.IntegrationId;
import io.membersync.model.Slice;
import io.membersync.outbox.OutboxEntry;
import io.membersync.run.QuarantinedRecord;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Records that could not be used, and values that are on their way out or could not be delivered, with the reasons. */
@Controller
public class TroublesPage {

    private static final int MOST = 50;

    TroublesPage() {}

    /** Shows them. */
    @GetMapping("/integrations/{id}/troubles")
    public String page(
            MemberSync sync,
            @PathVariable IntegrationId id,
            @RequestParam @Nullable String records,
            @RequestParam @Nullable String values,
            Model model) {
        model.addAttribute("integration", sync.integrations().find(id).orElseThrow(NoSuchElementException::new));
        Slice<QuarantinedRecord> unusable = sync.quarantine().list(id, Optional.ofNullable(records), MOST);
        model.addAttribute("unusable", unusable.items());
        model.addAttribute("moreUnusable", unusable.next().orElse(null));
        Slice<OutboxEntry> outgoing = sync.outbox().list(id, Optional.ofNullable(values), MOST);
        model.addAttribute("outgoing", outgoing.items());
        model.addAttribute("moreOutgoing", outgoing.next().orElse(null));
        return "troubles";
    }
}
