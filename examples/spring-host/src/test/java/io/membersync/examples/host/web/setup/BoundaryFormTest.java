package io.membersync.examples.host.web.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.membersync.fault.Violation;
import io.membersync.model.MemberField;
import io.membersync.model.OrganizationId;
import io.membersync.setup.Workflow;
import io.membersync.setup.WorkflowOwner;
import io.membersync.setup.WorkflowOwners;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoundaryFormTest {

    private static final Workflow MENTORING = Workflow.of("peer-mentoring", MemberField.MENTOR_STATUS);
    private static final WorkflowOwners OWNERS = new WorkflowOwners(
            OrganizationId.of("us"), 1, List.of(MENTORING.ownedBy(WorkflowOwner.APP)), Optional.empty());

    @Test
    void claimsWhatHasAnOwner() {
        BoundaryForm form = BoundaryForm.read(
                new Filled(Map.of(
                        "owner.renewal", List.of("PORTAL"),
                        "owner.peer-mentoring", List.of("PORTAL"),
                        "owner.notifications", List.of(""),
                        "new", List.of("courses"),
                        "new.owner", List.of("APP"),
                        "new.fields", List.of("certifiedFrom", "certifiedUntil"))),
                OWNERS);
        assertThat(form.wrong()).isEmpty();
        assertThat(form.claims())
                .containsExactly(
                        Workflow.RENEWAL.ownedBy(WorkflowOwner.PORTAL),
                        MENTORING.ownedBy(WorkflowOwner.PORTAL),
                        Workflow.of("courses", MemberField.CERTIFIED_FROM, MemberField.CERTIFIED_UNTIL)
                                .ownedBy(WorkflowOwner.APP));
    }

    @Test
    void refusesANewWorkflowWithoutOwnerOrWithAnotherName() {
        assertThat(BoundaryForm.read(new Filled(Map.of("new", List.of("Likemenn"))), OWNERS)
                        .wrong())
                .extracting(Violation::message)
                .containsExactly("wrong.owner", "wrong.workflow");
    }

    @Test
    void showsTheStandardWorkflowsAndItsOwn() {
        assertThat(BoundaryForm.of(OWNERS).rows())
                .extracting(row -> row.workflow().name() + row.owner())
                .containsExactly("profile-editing", "renewal", "notifications", "event-sign-up", "peer-mentoringAPP");
    }
}
