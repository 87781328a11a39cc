package io.membersync.connector.dynamics;

import io.membersync.connector.Abilities;
import io.membersync.connector.ConnectionReport;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.internal.json.JsonAnswer;
import io.membersync.internal.json.JsonObject;
import io.membersync.mapping.FieldPath;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/**
 * Tests a connection step by step, so that each failure has one culprit: the access token, who we are there, the columns,
 * change tracking, the member number's index. No question is asked twice. Safe for many threads.
 */
final class EnvironmentCheck {

    private static final String WRONG_BASE_URL =
            "Check the base URL: something answered there, but it is not the Web API of a Dataverse environment.";
    private static final String ORGANIZATION =
            "/RetrieveCurrentOrganization(AccessType=" + "Microsoft.Dynamics.CRM.EndpointAccessType'Default')";
    private static final FieldPath ORGANIZATION_ID = FieldPath.parse("OrganizationId");
    private static final FieldPath NAME = FieldPath.parse("Detail.FriendlyName");
    private static final FieldPath VERSION = FieldPath.parse("Detail.OrganizationVersion");

    private final DynamicsProfile profile;
    private final DataverseCalls calls;
    private final ContactSchema schema;

    EnvironmentCheck(DynamicsProfile profile, DataverseCalls calls, ContactSchema schema) {
        this.profile = profile;
        this.calls = calls;
        this.schema = schema;
    }

    /**
     * Asks.
     *
     * @param abilities what can be done, from why there is no delta and why nothing can be written
     * @return what was found
     */
    ConnectionReport ask(BiFunction<Optional<String>, Optional<String>, Abilities> abilities) {
        try {
            String id = whoAmI();
            Optional<JsonObject> organization = organization();
            List<String> missing = schema.missing(profile);
            if (!missing.isEmpty()) {
                return missing(missing);
            }
            Optional<String> noDelta = schema.tracksChanges()
                    ? Optional.empty()
                    : Optional.of("Change tracking is switched off for the table 'contact' of the environment. Its"
                            + " administrator can switch it on; until then only full syncs are possible.");
            Optional<String> noWriting = schema.keyStatus(profile.names().memberNumber())
                    .filter(status -> !status.equals("Active"))
                    .map(this::unfinishedKey);
            return new ConnectionReport.Connected(
                    organization
                            .flatMap(answer -> answer.text(NAME))
                            .filter(name -> !name.isBlank())
                            .orElse(id),
                    OptionalLong.empty(),
                    organization.flatMap(answer -> answer.text(VERSION)),
                    abilities.apply(noDelta, noWriting));
        } catch (RegistryException e) {
            return failed(e);
        }
    }

    private String whoAmI() {
        return JsonAnswer.object(calls.ask("/WhoAmI").body())
                .flatMap(answer -> answer.text(ORGANIZATION_ID))
                .filter(id -> !id.isBlank())
                .orElseThrow(() -> JsonAnswer.unreadable(calls.what("GET", "/WhoAmI"), "names no organization"));
    }

    // A gateway in front of the environment may not let this question pass; a name is no reason to fail.
    private Optional<JsonObject> organization() {
        try {
            return JsonAnswer.object(calls.ask(ORGANIZATION).body());
        } catch (RegistryException e) {
            if (e.fault().passing()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private ConnectionReport missing(List<String> columns) {
        String names = String.join(", ", columns);
        return new ConnectionReport.Failed(
                Fault.REJECTED,
                calls.what("GET", "/EntityDefinitions") + ": the table 'contact' lacks " + names,
                "The environment's table 'contact' lacks the columns " + names
                        + ". Correct the names in the integration's settings, or have the columns added.");
    }

    private String unfinishedKey(String status) {
        String column = profile.names().memberNumber();
        return status.equals("Failed")
                ? "The index that makes '" + column
                        + "' unique has failed: several contacts have the same member number."
                        + " Correct them and let the environment's administrator activate the key again."
                : "The index that makes '" + column + "' unique is still being built. Test again in some minutes.";
    }

    private static ConnectionReport failed(RegistryException e) {
        ConnectionReport.Failed failed = ConnectionReport.Failed.of(e);
        boolean advised = !e.advice().equals(e.fault().advice());
        return failed.fault() == Fault.ENDPOINT && !advised
                ? new ConnectionReport.Failed(Fault.ENDPOINT, failed.detail(), WRONG_BASE_URL)
                : failed;
    }
}
