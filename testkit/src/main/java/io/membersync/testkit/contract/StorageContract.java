package io.membersync.testkit.contract;

import io.membersync.model.MemberId;
import io.membersync.model.MemberState;
import io.membersync.model.OrganizationId;
import io.membersync.storage.Storage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/**
 * What every storage promises, as tests over real transactions and real threads. Extend it, give a fresh storage and the
 * host's own way to edit a member:
 *
 * <pre>{@code
 * class MyStorageTest extends StorageContract {
 *     @Override
 *     protected Storage storage() {
 *         return new MyStorage();
 *     }
 *
 *     @Override
 *     protected void editMember(
 *             Storage storage, OrganizationId organization, MemberId member, MemberState changes) {
 *         ((MyStorage) storage).memberTable().update(organization, member, changes);
 *     }
 * }
 * }</pre>
 *
 * <p>The member store under test keeps all standard fields. What a test opened, such as a data source, the subclass
 * closes after each test.
 */
@Requirement({"G2", "H2"})
public abstract class StorageContract {

    private StorageRig rig = new StorageRig(this);

    /** For subclasses. */
    protected StorageContract() {}

    /**
     * Opens the storage under test. Called once in each test, after the subclass's own preparations.
     *
     * @return a storage without a single row, ready for many threads
     */
    protected abstract Storage storage();

    /**
     * Edits a member as the host's own software does: in a transaction of its own, without announcing it. The member's
     * version is another one afterwards.
     *
     * @param storage the storage of this test
     * @param organization the organization, for the fields that belong to the membership
     * @param member a member that exists
     * @param changes the fields to change, with their new values
     */
    protected abstract void editMember(
            Storage storage, OrganizationId organization, MemberId member, MemberState changes);

    @BeforeEach
    final void startOver() {
        rig = new StorageRig(this);
    }

    private StorageRig rig() {
        return rig;
    }

    /** All or nothing. */
    @Nested
    class AtomicCommit extends AtomicCommitContract {
        AtomicCommit() {
            super(StorageContract.this::rig);
        }
    }

    /** Whose lease was taken over cannot write. */
    @Nested
    class Fencing extends FencingContract {
        Fencing() {
            super(StorageContract.this::rig);
        }
    }

    /** Threads that want the same thing. */
    @Nested
    class Concurrency extends ConcurrencyContract {
        Concurrency() {
            super(StorageContract.this::rig);
        }
    }

    /** Ids are listed by code point, whatever the database's collation. */
    @Nested
    class Order extends OrderContract {
        Order() {
            super(StorageContract.this::rig);
        }
    }

    /** Every method is a whole step, however large the set. */
    @Nested
    class SetSizes extends SetSizeContract {
        SetSizes() {
            super(StorageContract.this::rig);
        }
    }

    /** The host's members. */
    @Nested
    class Members extends MemberStoreContract {
        Members() {
            super(StorageContract.this::rig);
        }
    }

    /** What a member's fields may hold. */
    @Nested
    class MemberValues extends MemberValueContract {
        MemberValues() {
            super(StorageContract.this::rig);
        }
    }

    /** Links and their marks. */
    @Nested
    class Links extends LinkStoreContract {
        Links() {
            super(StorageContract.this::rig);
        }
    }

    /** What both sides last agreed on. */
    @Nested
    class Agreements extends AgreementContract {
        Agreements() {
            super(StorageContract.this::rig);
        }
    }

    /** Marks of announced edits. */
    @Nested
    class Edits extends EditStoreContract {
        Edits() {
            super(StorageContract.this::rig);
        }
    }

    /** Single runs, and which of them is active. */
    @Nested
    class Runs extends RunStoreContract {
        Runs() {
            super(StorageContract.this::rig);
        }
    }

    /** Lists of runs. */
    @Nested
    class RunLists extends RunListContract {
        RunLists() {
            super(StorageContract.this::rig);
        }
    }

    /** How far an integration is synchronized. */
    @Nested
    class Positions extends PositionContract {
        Positions() {
            super(StorageContract.this::rig);
        }
    }

    /** Conflicts. */
    @Nested
    class Conflicts extends ConflictStoreContract {
        Conflicts() {
            super(StorageContract.this::rig);
        }
    }

    /** Bad records, and records to read again. */
    @Nested
    class Quarantine extends QuarantineStoreContract {
        Quarantine() {
            super(StorageContract.this::rig);
        }
    }

    /** What a listing passed over. */
    @Nested
    class Absences extends AbsenceStoreContract {
        Absences() {
            super(StorageContract.this::rig);
        }
    }

    /** The audit. */
    @Nested
    class Audit extends AuditStoreContract {
        Audit() {
            super(StorageContract.this::rig);
        }
    }

    /** The chains of the audit. */
    @Nested
    class AuditChains extends AuditChainStoreContract {
        AuditChains() {
            super(StorageContract.this::rig);
        }
    }

    /** Webhooks that were received. */
    @Nested
    class Inbox extends InboxStoreContract {
        Inbox() {
            super(StorageContract.this::rig);
        }
    }

    /** Values that go out. */
    @Nested
    class Outgoing extends OutboxStoreContract {
        Outgoing() {
            super(StorageContract.this::rig);
        }
    }

    /** Plans of staged changes. */
    @Nested
    class StagedPlans extends PlanStoreContract {
        StagedPlans() {
            super(StorageContract.this::rig);
        }
    }

    /** Questions about whom a record belongs to. */
    @Nested
    class Matches extends MatchStoreContract {
        Matches() {
            super(StorageContract.this::rig);
        }
    }

    /** Members found by what they have in common with a record. */
    @Nested
    class MemberSearch extends MemberSearchContract {
        MemberSearch() {
            super(StorageContract.this::rig);
        }
    }

    /** Versions of conflict rules. */
    @Nested
    class Rules extends RuleStoreContract {
        Rules() {
            super(StorageContract.this::rig);
        }
    }

    /** Owners of workflows. */
    @Nested
    class Boundaries extends BoundaryStoreContract {
        Boundaries() {
            super(StorageContract.this::rig);
        }
    }

    /** Alerts. */
    @Nested
    class Alerts extends AlertStoreContract {
        Alerts() {
            super(StorageContract.this::rig);
        }
    }

    /** How integrations are, summed up. */
    @Nested
    class Overviews extends OverviewContract {
        Overviews() {
            super(StorageContract.this::rig);
        }
    }

    /** Personnummer on their way, and where that is switched on. */
    @Nested
    class Enrichments extends EnrichmentStoreContract {
        Enrichments() {
            super(StorageContract.this::rig);
        }
    }

    /** Single persons, and who was erased. */
    @Nested
    class Erasures extends ErasureStoreContract {
        Erasures() {
            super(StorageContract.this::rig);
        }
    }

    /** Integrations. */
    @Nested
    class Settings extends SettingsStoreContract {
        Settings() {
            super(StorageContract.this::rig);
        }
    }
}
