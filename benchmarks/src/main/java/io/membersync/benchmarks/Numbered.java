package io.membersync.benchmarks;

import io.membersync.http.Credentials;
import io.membersync.http.RateLimit;
import io.membersync.model.IntegrationId;
import io.membersync.model.OrganizationId;
import io.membersync.setup.IntegrationDraft;
import io.membersync.testkit.simulator.consio.ConsioSimulator;
import io.membersync.testkit.simulator.cornerstone.CornerstoneSimulator;
import io.membersync.testkit.simulator.dataverse.DataverseSimulator;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * A simulated registry that takes personnummer.
 *
 * @param name its name
 * @param draft how it is connected to
 * @param without the records that hold no number
 * @param holds whether a record holds a number
 * @param closing ends it
 */
record Numbered(
        String name, IntegrationDraft draft, List<String> without, BiPredicate<String, String> holds, Runnable closing)
        implements AutoCloseable {

    static final OrganizationId ORGANIZATION = OrganizationId.of("bench");
    static final IntegrationId INTEGRATION = IntegrationId.of("bench-registry");

    private static final int SEED = 7;
    private static final String KEY = "bench-key";

    static Numbered cornerstone(CornerstoneSimulator registry, RateLimit limit) {
        IntegrationDraft draft = IntegrationDraft.of(
                INTEGRATION,
                ORGANIZATION,
                "cornerstone",
                registry.baseUrl(),
                new Credentials.ApiKey(registry.apiKey()));
        List<String> without = registry.members()
                .filter(member -> member.text("/hasNin").orElse("").equals("false"))
                .map(member -> member.id())
                .toList();
        return new Numbered(
                "Cornerstone", draft.rateLimit(limit), without, registry.room()::holdsNationalId, registry::close);
    }

    static Numbered cornerstone(int members) {
        return cornerstone(
                CornerstoneSimulator.builder().members(members).seed(SEED).start(), RateLimit.UNLIMITED);
    }

    static Numbered consio(int members) {
        ConsioSimulator registry =
                ConsioSimulator.builder().members(members).seed(SEED).start();
        IntegrationDraft draft = IntegrationDraft.of(
                INTEGRATION, ORGANIZATION, "consio", registry.baseUrl(), new Credentials.ApiKey(registry.apiKey()));
        List<String> without = registry.members()
                .filter(member -> member.text("harPersonnr").orElse("").equals("false"))
                .map(member -> String.valueOf(member.id()))
                .toList();
        return new Numbered(
                "Consio",
                draft,
                without,
                (record, number) -> registry.holdsNationalId(Long.parseLong(record), number),
                registry::close);
    }

    static Numbered dynamics(int members) {
        DataverseSimulator registry = DataverseSimulator.builder()
                .members(members)
                .seed(SEED)
                .apiKey("X-API-Key", KEY)
                .start();
        registry.switches().securedColumns(true);
        IntegrationDraft draft = IntegrationDraft.of(
                        INTEGRATION, ORGANIZATION, "dynamics", registry.baseUrl(), new Credentials.ApiKey(KEY))
                .setting("nationalIdColumn", "hlf_nationalid");
        return new Numbered(
                "Dynamics",
                draft,
                List.copyOf(registry.ids()),
                (record, number) -> registry.value(record, "hlf_nationalid")
                        .filter(number::equals)
                        .isPresent(),
                registry::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
