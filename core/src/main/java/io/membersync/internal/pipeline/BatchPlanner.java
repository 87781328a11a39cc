package io.membersync.internal.pipeline;

import io.membersync.conflict.Conflict;
import io.membersync.conflict.ConflictRuleEvaluator;
import io.membersync.conflict.Decision;
import io.membersync.conflict.FieldTimes;
import io.membersync.connector.Page;
import io.membersync.connector.RegistryRecord;
import io.membersync.diff.Agreed;
import io.membersync.diff.AgreedPair;
import io.membersync.fault.Fault;
import io.membersync.fault.RegistryException;
import io.membersync.mapping.MappedRecord;
import io.membersync.mapping.Mapping;
import io.membersync.mapping.MappingSet;
import io.membersync.mapping.RecordVersion;
import io.membersync.mapping.Scope;
import io.membersync.matching.Candidate;
import io.membersync.matching.Match;
import io.membersync.matching.MatchReview;
import io.membersync.model.ExternalId;
import io.membersync.model.FieldValue;
import io.membersync.model.MemberField;
import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.Origin;
import io.membersync.plan.BatchPlan;
import io.membersync.plan.LeaverPolicy;
import io.membersync.plan.Link;
import io.membersync.plan.MatchChanges;
import io.membersync.plan.MemberChange;
import io.membersync.plan.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The way into the pure pipeline: {@link #map} turns a page into mapped records, {@link #plan} turns mapped records and
 * what is known of them into the plan of a batch. The same input always gives the same plan. For one thread; mapping and
 * planning may be done by different planners.
 */
public final class BatchPlanner {

    private final FieldMapper mapper;
    private final boolean orderedVersions;
    private final LeaverPolicy leavers;
    private final Scope scope;

    /**
     * Makes a planner for one run.
     *
     * @param mappings the mappings in force
     * @param scope which records are synchronized
     * @param orderedVersions true when a higher record version is always the newer one
     * @param leavers what becomes of members that the registry no longer has
     */
    public BatchPlanner(MappingSet mappings, Scope scope, boolean orderedVersions, LeaverPolicy leavers) {
        this.mapper = new FieldMapper(mappings, scope, leavers);
        this.scope = scope;
        this.orderedVersions = orderedVersions;
        this.leavers = leavers;
    }

    /**
     * Pauses fields that an earlier reading has paused, until records give them again.
     *
     * @param fields their keys, with the reason
     */
    public void pause(Map<String, String> fields) {
        mapper.watch().pause(fields);
    }

    /** {@return what the pages mapped so far tell of the fields} */
    public FieldFindings fields() {
        return mapper.watch().findings();
    }

    /**
     * Maps a page. A field that none of its records can give is paused, and the records go on without it.
     *
     * @param page the page
     * @param number the page's number in the run, for people
     * @param asOfEvent true when its members are as of an event in a feed
     * @return its records in order
     * @throws RegistryException when none of its records has an id
     */
    public List<MappedRecord> map(Page page, long number, boolean asOfEvent) {
        refuseLostKey(page, number);
        List<MappedRecord> mapped;
        do {
            mapper.watch().startPage();
            mapped = mapRecords(page, number, asOfEvent);
        } while (mapper.watch().judge());
        return mapped;
    }

    /**
     * Maps records that were read one by one. They were chosen, often for being broken: nothing is concluded of fields.
     *
     * @param page the records
     * @return them in order
     */
    public List<MappedRecord> mapSingles(Page page) {
        return mapRecords(page, 0, false);
    }

    private static void refuseLostKey(Page page, long number) {
        int without = 0;
        for (RegistryRecord record : page.records()) {
            if (record instanceof RegistryRecord.Unreadable broken
                    && broken.externalId().isEmpty()) {
                without++;
            }
        }
        if (without >= FieldWatch.FEWEST && without == page.records().size()) {
            throw new RegistryException(
                    Fault.KEY_LOST,
                    "None of the " + without + " records of page " + number + " has an id that can be read");
        }
    }

    private List<MappedRecord> mapRecords(Page page, long number, boolean asOfEvent) {
        List<MappedRecord> mapped = new ArrayList<>(page.records().size());
        int position = 0;
        for (RegistryRecord record : page.records()) {
            position++;
            String place = record instanceof RegistryRecord.Unreadable ? "page " + number + ", record " + position : "";
            mapped.add(mapper.map(record, place, page.readAt(), asOfEvent));
        }
        return mapped;
    }

    /**
     * Plans a batch.
     *
     * @param records the records that are new or changed or whose member was edited, in the registry's order, at most
     *     one for each external id
     * @param edited ids whose members were edited in the app while the registry's record was not read again
     * @param snapshot what is known
     * @return the plan
     */
    public BatchPlan plan(Collection<MappedRecord> records, Collection<ExternalId> edited, PageSnapshot snapshot) {
        Planning planning = new Planning(snapshot);
        records.forEach(planning::claim);
        records.forEach(planning::record);
        edited.forEach(planning::edited);
        return planning.draft.finish();
    }

    /**
     * Tells what would be decided of a member whose record stands in the registry as it was last read.
     *
     * @param id the registry's id
     * @param snapshot what is known
     * @return the decisions, by field; none when there is no such link or member
     */
    public List<Decision> decisions(ExternalId id, PageSnapshot snapshot) {
        return new Planning(snapshot).decisions(id);
    }

    /** One batch being planned. */
    private final class Planning {

        private final PageSnapshot snapshot;
        private final PlanDraft draft;
        private final ConflictPlanner conflicts;
        private final LeaverPlanner gone;
        private final FieldDecider decider;
        private final MemberMatcher matcher;

        Planning(PageSnapshot snapshot) {
            this.snapshot = snapshot;
            this.draft = new PlanDraft(snapshot);
            this.matcher = new MemberMatcher(draft.matches(), snapshot.members());
            this.conflicts = new ConflictPlanner(snapshot, draft);
            this.gone = new LeaverPlanner(snapshot, draft, leavers);
            this.decider = new FieldDecider(
                    snapshot.mappings(), snapshot.fields(), new ConflictRuleEvaluator(snapshot.rules()));
        }

        void claim(MappedRecord record) {
            if (record instanceof MappedRecord.Mapped mapped) {
                ExternalId id = mapped.externalId();
                boolean nobodys = draft.link(id).flatMap(Link::member).isEmpty();
                if (nobodys && draft.review(id).flatMap(MatchReview::decision).isEmpty()) {
                    matcher.claim(id, mapped.state());
                }
            }
        }

        void record(MappedRecord record) {
            if (record instanceof MappedRecord.Mapped mapped) {
                mapped(mapped);
            } else if (record instanceof MappedRecord.Removed removed) {
                gone.removed(removed);
            } else if (record instanceof MappedRecord.Outside outside) {
                outside(outside);
            } else if (record instanceof MappedRecord.Rejected rejected) {
                draft.reject(
                        new Rejection(rejected.externalId(), rejected.place(), rejected.path(), rejected.reason()));
            }
        }

        private void mapped(MappedRecord.Mapped record) {
            Optional<Link> link = draft.link(record.externalId());
            boolean unsaid = scope.of(record.state()) == Scope.Standing.UNKNOWN;
            if (unsaid && link.filter(Link::live).isEmpty()) {
                return;
            }
            if (link.isPresent() && older(record.version(), record.readAt(), record.asOfEvent(), link.get())) {
                return;
            }
            long revision = link.map(Link::revision).orElse(0L);
            String about = Identity.hash(record.state());
            Optional<MatchReview> asked = draft.review(record.externalId()).map(open -> open.towards(about));
            Match match = matcher.match(record.externalId(), link, record.state(), asked);
            if (match instanceof Match.Unclear unclear) {
                review(record.externalId(), unclear, about);
                unclear.candidates().stream()
                        .filter(candidate ->
                                candidate.strong() && draft.matches().unsure(candidate.member()))
                        .forEach(this::askAboutTheFirst);
                link.filter(known -> known.live() && known.hash().isPresent())
                        .ifPresent(known -> draft.save(asked(known)));
                return;
            }
            if (!sharedStill(match, record.externalId())) {
                draft.noQuestion(record.externalId());
            }
            if (match instanceof Match.Linked linked) {
                compare(record, link.orElseThrow(), linked.member());
            } else if (match instanceof Match.Found found) {
                draft.adopt(
                        new MatchChanges.Adopted(found.member(), record.externalId(), found.how(), found.confirmed()));
                compare(record, adopted(record, found.member(), revision), found.member());
            } else {
                create(record, revision);
            }
        }

        /** Whether another record carries the key by which this one is linked: only a person ends that question. */
        private boolean sharedStill(Match match, ExternalId id) {
            return match instanceof Match.Linked
                    && draft.review(id)
                            .filter(open -> open.doubt() == Match.Doubt.SEVERAL_RECORDS)
                            .filter(open -> open.decision().isEmpty())
                            .isPresent();
        }

        /** The link that this run has made by a key that another record turns out to carry too: it stays, and is asked about. */
        private void askAboutTheFirst(Candidate candidate) {
            candidate
                    .takenBy()
                    .ifPresent(first ->
                            review(first, new Match.Unclear(Match.Doubt.SEVERAL_RECORDS, List.of(candidate)), ""));
        }

        private void review(ExternalId record, Match.Unclear unclear, String about) {
            Optional<MatchReview> open = draft.review(record);
            MatchReview wanted = new MatchReview(
                    snapshot.integration(),
                    record,
                    unclear.doubt(),
                    unclear.candidates(),
                    open.map(MatchReview::openedAt).orElse(snapshot.now()),
                    snapshot.now(),
                    about,
                    Optional.empty(),
                    open.map(MatchReview::revision).orElse(0L));
            if (open.isEmpty() || !open.get().sameQuestion(wanted)) {
                draft.review(wanted);
            }
        }

        /** Fresh beats stale: an older event is dropped, an older reading is asked for once more. */
        private boolean older(RecordVersion version, Instant readAt, boolean asOfEvent, Link link) {
            if (asOfEvent && orderedVersions) {
                return version.lowerThan(link.version());
            }
            if (readAt.isBefore(link.readAt())) {
                draft.readAgain(link.externalId());
                return true;
            }
            return false;
        }

        private void outside(MappedRecord.Outside record) {
            boolean older = draft.link(record.externalId())
                    .filter(Link::live)
                    .filter(link -> older(record.version(), record.readAt(), record.asOfEvent(), link))
                    .isPresent();
            if (!older) {
                gone.outside(record);
            }
        }

        /** A new member is not made without what it needs, though the field be paused for those that are there. */
        private boolean lacksWhatIsNeeded(MappedRecord.Mapped record) {
            for (Mapping mapping : decider.mappings()) {
                if (mapping.required()
                        && mapping.direction().in()
                        && record.state().find(mapping.field()).isEmpty()) {
                    draft.reject(new Rejection(
                            Optional.of(record.externalId()),
                            "",
                            mapping.paths().get(0).text(),
                            "is missing and needed"));
                    return true;
                }
            }
            return false;
        }

        private void create(MappedRecord.Mapped record, long revision) {
            if (lacksWhatIsNeeded(record)) {
                return;
            }
            MemberId member = draft.freshId();
            MemberState.Builder state = MemberState.builder();
            Map<MemberField, AgreedPair> pairs = new HashMap<>();
            boolean isProtected = Protection.marked(record.state());
            for (Mapping mapping : decider.mappings()) {
                MemberField field = mapping.field();
                FieldValue nothing = FieldValue.nothing();
                if (isProtected && Protection.hides(field)) {
                    if (mapping.direction().in()) {
                        pairs.put(field, AgreedPair.together(nothing, nothing));
                    }
                } else if (mapping.direction().in()) {
                    record.state().find(field).ifPresent(value -> {
                        state.put(field, value);
                        pairs.put(field, AgreedPair.together(value, value));
                    });
                } else {
                    // Nothing is overwritten with nothing: the app has yet to say what goes out.
                    record.state().find(field).ifPresent(value -> pairs.put(field, AgreedPair.apart(nothing, value)));
                }
            }
            decider.rememberProtection(record.state(), pairs);
            draft.change(new MemberChange.Create(member, record.externalId(), state.build()));
            draft.save(link(record, member, Agreed.of(pairs), revision));
        }

        private void compare(MappedRecord.Mapped record, Link link, MemberId member) {
            PageSnapshot.AppSide app = snapshot.members().get(member);
            if (app == null) {
                draft.reject(new Rejection(
                        Optional.of(record.externalId()),
                        "",
                        "$",
                        "is linked to a member that the app no longer has; link it anew or remove it"));
                return;
            }
            FieldOutcome outcome = decider.decide(sides(link, member, app, record.state()));
            settle(link, member, app, outcome);
            Link after = link(record, member, outcome.agreed(), link.revision());
            if (!sameContent(link, after)) {
                draft.save(after);
            }
        }

        /**
         * A member edited in the app, whose record stands in the registry as it was last read. Nothing of a member goes
         * out to a record that may be another person's by now.
         */
        void edited(ExternalId id) {
            if (draft.review(id).isPresent()) {
                return;
            }
            draft.settle(id);
            Link link = draft.link(id).filter(Link::live).orElse(null);
            PageSnapshot.AppSide app =
                    link == null ? null : snapshot.members().get(link.member().orElseThrow());
            if (link == null || app == null) {
                return;
            }
            MemberId member = link.member().orElseThrow();
            FieldOutcome outcome = standing(link, member, app);
            settle(link, member, app, outcome);
            if (!outcome.agreed().equals(link.agreed())) {
                draft.save(new Link(
                        id,
                        link.member(),
                        link.hash(),
                        link.version(),
                        link.readAt(),
                        outcome.agreed(),
                        link.tombstone(),
                        link.revision()));
            }
        }

        List<Decision> decisions(ExternalId id) {
            Link link = draft.link(id).filter(Link::live).orElse(null);
            PageSnapshot.AppSide app =
                    link == null ? null : snapshot.members().get(link.member().orElseThrow());
            return link == null || app == null
                    ? List.of()
                    : standing(link, link.member().orElseThrow(), app).decisions();
        }

        private FieldOutcome standing(Link link, MemberId member, PageSnapshot.AppSide app) {
            return decider.decide(sides(link, member, app, draft.inQuestion(member, link.externalId())));
        }

        private FieldDecider.Sides sides(Link link, MemberId member, PageSnapshot.AppSide app, MemberState registry) {
            return new FieldDecider.Sides(
                    app,
                    link.agreed(),
                    registry,
                    times(link.externalId()),
                    reopening(link, member),
                    out(link, member, app));
        }

        private void settle(Link link, MemberId member, PageSnapshot.AppSide app, FieldOutcome outcome) {
            if (snapshot.edits().containsKey(link.externalId())
                    || snapshot.again().contains(link.externalId())) {
                draft.settle(link.externalId());
            }
            if (!outcome.changes().isEmpty()) {
                draft.change(new MemberChange.Update(member, link.externalId(), app.version(), outcome.changes()));
            }
            draft.outgoing(link.externalId(), outcome.outgoing());
            outcome.decisions()
                    .forEach(decision -> conflicts.decided(link, member, decision, times(link.externalId())));
            conflicts.hide(member, outcome.withheld());
        }

        private OutgoingFields out(Link link, MemberId member, PageSnapshot.AppSide app) {
            ExternalId id = link.externalId();
            return new OutgoingFields(
                    new OutgoingFields.Whose(
                            snapshot.integration(),
                            id,
                            member,
                            snapshot.edits().containsKey(id),
                            announced(member, app),
                            snapshot.now()),
                    draft.outgoing(id));
        }

        /** What the app announced is its own still, when a conflict has held it up. */
        private Set<MemberField> announced(MemberId member, PageSnapshot.AppSide app) {
            return draft.conflicts(member).stream()
                    .filter(Conflict::open)
                    .filter(conflict -> conflict.app().source().equals(Optional.of(Origin.APP)))
                    .filter(conflict ->
                            conflict.app().value().equals(app.state().value(conflict.field())))
                    .map(Conflict::field)
                    .collect(Collectors.toSet());
        }

        private Reopening reopening(Link link, MemberId member) {
            Map<MemberField, Conflict> known = new HashMap<>();
            draft.conflicts(member).forEach(conflict -> known.put(conflict.field(), conflict));
            return new Reopening(snapshot.again().contains(link.externalId()), known);
        }

        private FieldTimes times(ExternalId id) {
            Optional<Instant> edited = Optional.ofNullable(snapshot.edits().get(id));
            return new FieldTimes(edited, Optional.empty(), FieldTimes.STANDARD_TOLERANCE);
        }
    }

    private static Link link(MappedRecord.Mapped record, MemberId member, Agreed agreed, long revision) {
        return new Link(
                record.externalId(),
                Optional.of(member),
                Optional.of(record.hash()),
                record.version(),
                record.readAt(),
                agreed,
                Optional.empty(),
                revision);
    }

    /** A link over which nothing has been agreed yet. */
    private static Link adopted(MappedRecord.Mapped record, MemberId member, long revision) {
        return new Link(
                record.externalId(),
                Optional.of(member),
                Optional.empty(),
                RecordVersion.NONE,
                record.readAt(),
                Agreed.none(),
                Optional.empty(),
                revision);
    }

    /** A link whose record is to be looked at again, though it be as it was before a person was asked about it. */
    private static Link asked(Link link) {
        return new Link(
                link.externalId(),
                link.member(),
                Optional.empty(),
                link.version(),
                link.readAt(),
                link.agreed(),
                link.tombstone(),
                link.revision());
    }

    // When only the time of reading moved, there is nothing worth a write.
    private static boolean sameContent(Link one, Link other) {
        return one.hash().equals(other.hash())
                && one.version().equals(other.version())
                && one.agreed().equals(other.agreed())
                && one.tombstone().equals(other.tombstone());
    }
}
