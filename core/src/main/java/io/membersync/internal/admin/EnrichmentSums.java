package io.membersync.internal.admin;

import io.membersync.enrichment.EnrichedWeek;
import io.membersync.enrichment.EnrichmentState;
import io.membersync.enrichment.EnrichmentStatistics;
import io.membersync.model.OrganizationId;
import io.membersync.storage.Session;
import io.membersync.storage.StoredEnrichment;
import io.membersync.storage.StoredEnrichment.Baseline;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/** Puts statistics together. */
final class EnrichmentSums {

    private EnrichmentSums() {}

    /** One organization's. */
    static EnrichmentStatistics of(Session session, StoredEnrichment stored, Instant now) {
        OrganizationId organization = stored.setting().basis().organization();
        ZoneId zone = stored.setting().basis().zone();
        List<EnrichedWeek> counted = session.enrichmentSettings().weeks(organization);
        Map<EnrichmentState, Long> states = session.enrichments().count(organization);
        return new EnrichmentStatistics(
                stored.baseline().map(Baseline::missing).orElseGet(OptionalLong::empty),
                stored.baseline()
                        .filter(baseline -> baseline.missing().isPresent())
                        .map(baseline -> OptionalLong.of(baseline.members()))
                        .orElseGet(OptionalLong::empty),
                counted.stream().mapToLong(EnrichedWeek::enriched).sum(),
                latest(counted.stream().map(EnrichedWeek::latest).toList()),
                withEmptyWeeks(counted, monday(stored.setting().activatedAt(), zone), monday(now, zone)),
                states.getOrDefault(EnrichmentState.UNVERIFIED, 0L) + states.getOrDefault(EnrichmentState.PENDING, 0L),
                session.enrichments().waitingSince(organization),
                states.getOrDefault(EnrichmentState.TO_REVIEW, 0L),
                states.getOrDefault(EnrichmentState.FAILED, 0L));
    }

    private static LocalDate monday(Instant at, ZoneId zone) {
        return LocalDate.ofInstant(at, zone).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private static List<EnrichedWeek> withEmptyWeeks(List<EnrichedWeek> counted, LocalDate first, LocalDate last) {
        Map<LocalDate, EnrichedWeek> weeks = new TreeMap<>();
        for (LocalDate monday = first; !monday.isAfter(last); monday = monday.plusWeeks(1)) {
            weeks.put(monday, new EnrichedWeek(monday, 0, Optional.empty()));
        }
        counted.forEach(week -> weeks.put(week.monday(), week));
        return List.copyOf(weeks.values());
    }

    /** All organizations' together. */
    static EnrichmentStatistics sum(List<EnrichmentStatistics> all) {
        return new EnrichmentStatistics(
                known(all, EnrichmentStatistics::missingAtStart),
                known(all, EnrichmentStatistics::membersAtStart),
                all.stream().mapToLong(EnrichmentStatistics::enriched).sum(),
                latest(all.stream().map(EnrichmentStatistics::latest).toList()),
                weeks(all),
                all.stream().mapToLong(EnrichmentStatistics::waiting).sum(),
                all.stream()
                        .flatMap(statistics -> statistics.waitingSince().stream())
                        .min(Comparator.naturalOrder()),
                all.stream().mapToLong(EnrichmentStatistics::toReview).sum(),
                all.stream().mapToLong(EnrichmentStatistics::failed).sum());
    }

    private static OptionalLong known(
            List<EnrichmentStatistics> all, Function<EnrichmentStatistics, OptionalLong> number) {
        return all.stream().map(number).allMatch(OptionalLong::isPresent)
                ? OptionalLong.of(all.stream()
                        .map(number)
                        .mapToLong(OptionalLong::getAsLong)
                        .sum())
                : OptionalLong.empty();
    }

    private static List<EnrichedWeek> weeks(List<EnrichmentStatistics> all) {
        Map<LocalDate, EnrichedWeek> weeks = new HashMap<>();
        all.stream()
                .flatMap(statistics -> statistics.weeks().stream())
                .forEach(week -> weeks.merge(
                        week.monday(),
                        week,
                        (one, other) -> new EnrichedWeek(
                                one.monday(),
                                one.enriched() + other.enriched(),
                                latest(List.of(one.latest(), other.latest())))));
        List<EnrichedWeek> sorted = new ArrayList<>(weeks.values());
        sorted.sort(Comparator.comparing(EnrichedWeek::monday));
        return sorted;
    }

    private static Optional<Instant> latest(List<Optional<Instant>> times) {
        return times.stream().flatMap(Optional::stream).max(Comparator.naturalOrder());
    }
}
