package io.membersync.storage;

import io.membersync.audit.AuditEntry;
import io.membersync.conflict.RuleSet;
import io.membersync.diff.Agreed;
import io.membersync.matching.Candidate;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.plan.ChangeTally;
import io.membersync.run.Run;
import io.membersync.run.RunCounts;
import io.membersync.run.RunFailure;
import io.membersync.run.Standing;
import io.membersync.setup.Integration;
import io.membersync.setup.Workflow;
import java.util.List;

/**
 * The text forms in which storages that keep text store values: compact JSON that begins with the number of its form, so
 * that later versions of the library can still read it. Every form gives back an equal value. The texts hold personal
 * data: they belong into the database and nowhere else. Stateless, safe for many threads.
 *
 * <p>Every reading method throws {@link io.membersync.fault.StorageException} when the text is not of its form, or of a
 * form that only a newer version of the library knows; the message does not quote it.
 */
public final class StoredText {

    /** What stands in the {@linkplain #agreed(Agreed) text of an agreement} when one of its pairs is apart, and else never. */
    public static final String APART = "\"" + StoredAgreed.APART + "\":true";

    private StoredText() {}

    /**
     * Writes an agreement. A pair whose halves are equal and not apart is written once.
     *
     * @param agreed the agreement
     * @return its text
     */
    public static String agreed(Agreed agreed) {
        return JsonText.write(out -> StoredAgreed.write(out, agreed));
    }

    /**
     * Reads an agreement.
     *
     * @param text its text
     * @return the agreement
     */
    public static Agreed agreed(String text) {
        return JsonText.read("agreement", text, StoredAgreed::read);
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return its text
     */
    public static String value(FieldValue value) {
        return JsonText.write(out -> StoredValues.write(out, value));
    }

    /**
     * Reads a value.
     *
     * @param text its text
     * @return the value
     */
    public static FieldValue value(String text) {
        return JsonText.read("value", text, StoredValues::readValue);
    }

    /**
     * Writes the members in question.
     *
     * @param candidates the members
     * @return their text
     */
    public static String candidates(List<Candidate> candidates) {
        return JsonText.write(out -> StoredCandidates.write(out, candidates));
    }

    /**
     * Reads the members in question.
     *
     * @param text their text
     * @return the members
     */
    public static List<Candidate> candidates(String text) {
        return JsonText.read("candidates", text, StoredCandidates::read);
    }

    /**
     * Writes a field: a standard one by its key, a host's own one with category, kind and owner.
     *
     * @param field the field
     * @return its text
     */
    public static String field(MemberField field) {
        return JsonText.write(out -> out.writeString(StoredValues.field(field)));
    }

    /**
     * Reads a field.
     *
     * @param text its text
     * @return the field
     */
    public static MemberField field(String text) {
        return JsonText.read("field", text, in -> StoredValues.field(JsonText.text(in)));
    }

    /**
     * Writes how an integration's runs went of late.
     *
     * @param standing how they went
     * @return its text
     */
    public static String standing(Standing standing) {
        return JsonText.write(out -> StoredStanding.write(out, standing));
    }

    /**
     * Reads how an integration's runs went of late.
     *
     * @param text its text
     * @return how they went
     */
    public static Standing standing(String text) {
        return JsonText.read("standing", text, StoredStanding::read);
    }

    /**
     * Writes an integration, without its credentials.
     *
     * @param integration the integration
     * @return its text; always the same for equal integrations
     */
    public static String integration(Integration integration) {
        return JsonText.write(out -> StoredSetup.write(out, integration));
    }

    /**
     * Reads an integration.
     *
     * @param text its text
     * @return the integration
     */
    public static Integration integration(String text) {
        return JsonText.read("integration", text, StoredSetup::read);
    }

    /**
     * Writes what an integration's runs go by.
     *
     * @param inForce what they go by
     * @return its text
     */
    public static String inForce(InForce inForce) {
        return JsonText.write(out -> StoredSetup.write(out, inForce));
    }

    /**
     * Reads what an integration's runs go by.
     *
     * @param text its text
     * @return what they go by
     */
    public static InForce inForce(String text) {
        return JsonText.read("configuration in force", text, StoredSetup::readInForce);
    }

    /**
     * Writes workflows with their owners.
     *
     * @param claims the workflows
     * @return their text; always the same for equal claims
     */
    public static String claims(List<Workflow.Claim> claims) {
        return JsonText.write(out -> StoredClaims.write(out, claims));
    }

    /**
     * Reads workflows with their owners.
     *
     * @param text their text
     * @return the workflows
     */
    public static List<Workflow.Claim> claims(String text) {
        return JsonText.read("workflows", text, StoredClaims::read);
    }

    /**
     * Writes conflict rules.
     *
     * @param rules the rules
     * @return their text; always the same for equal rules
     */
    public static String rules(RuleSet rules) {
        return JsonText.write(out -> StoredRules.write(out, rules));
    }

    /**
     * Reads conflict rules.
     *
     * @param text their text
     * @return the rules
     */
    public static RuleSet rules(String text) {
        return JsonText.read("rules", text, StoredRules::read);
    }

    /**
     * Writes the changes of an audit entry.
     *
     * @param changes the changes, in order
     * @return their text
     */
    public static String changes(List<AuditEntry.ValueChange> changes) {
        return JsonText.write(out -> StoredRuns.write(out, changes));
    }

    /**
     * Reads the changes of an audit entry.
     *
     * @param text their text
     * @return the changes, in order
     */
    public static List<AuditEntry.ValueChange> changes(String text) {
        return JsonText.read("audit entry", text, StoredRuns::readChanges);
    }

    /**
     * Writes a run's counts.
     *
     * @param counts the counts
     * @return their text
     */
    public static String counts(RunCounts counts) {
        return JsonText.write(out -> StoredRuns.write(out, counts));
    }

    /**
     * Reads a run's counts.
     *
     * @param text their text
     * @return the counts; 0 for those that are not mentioned
     */
    public static RunCounts counts(String text) {
        return JsonText.read("counts of a run", text, StoredRuns::readCounts);
    }

    /**
     * Writes how far a run has come.
     *
     * @param checkpoint the checkpoint
     * @return its text
     */
    public static String checkpoint(Run.Checkpoint checkpoint) {
        return JsonText.write(out -> StoredRuns.write(out, checkpoint));
    }

    /**
     * Reads how far a run has come.
     *
     * @param text its text
     * @return the checkpoint
     */
    public static Run.Checkpoint checkpoint(String text) {
        return JsonText.read("checkpoint of a run", text, StoredRuns::readCheckpoint);
    }

    /**
     * Writes numbers of changes.
     *
     * @param tally the numbers
     * @return their text
     */
    public static String tally(ChangeTally tally) {
        return JsonText.write(out -> StoredChanges.write(out, tally));
    }

    /**
     * Reads numbers of changes.
     *
     * @param text their text
     * @return the numbers
     */
    public static ChangeTally tally(String text) {
        return JsonText.read("numbers of changes", text, StoredChanges::readTally);
    }

    /**
     * Writes what a plan keeps of a record.
     *
     * @param staged the record and its changes
     * @return its text
     */
    public static String staged(StagedRecord staged) {
        return JsonText.write(out -> StoredChanges.write(out, staged));
    }

    /**
     * Reads what a plan keeps of a record.
     *
     * @param text its text
     * @return the record and its changes
     */
    public static StagedRecord staged(String text) {
        return JsonText.read("staged record", text, StoredChanges::readStaged);
    }

    /**
     * Writes why a run ended early.
     *
     * @param failure the failure
     * @return its text
     */
    public static String failure(RunFailure failure) {
        return JsonText.write(out -> StoredRuns.write(out, failure));
    }

    /**
     * Reads why a run ended early.
     *
     * @param text its text
     * @return the failure
     */
    public static RunFailure failure(String text) {
        return JsonText.read("failure of a run", text, StoredRuns::readFailure);
    }
}
