-- Ids are compared byte by byte, whatever the database's collation: in UTF-8 that is code point order.

CREATE TABLE ms_member (
    id                text COLLATE "C" NOT NULL,
    organization      text COLLATE "C" NOT NULL,
    version           bigint NOT NULL,
    merged_into       text COLLATE "C",
    member_number     text,
    first_name        text,
    last_name         text,
    birth_date        date,
    national_id       text,
    email             text,
    mobile            text,
    street            text,
    postal_code       text,
    city              text,
    country           text,
    protected_address boolean,
    status            text,
    membership_type   text,
    member_from       date,
    member_to         date,
    paid_until        date,
    roles             text,
    affiliations      text,
    certified_from    date,
    certified_until   date,
    mentor_status     text,
    PRIMARY KEY (id)
);

-- What it takes to see that a record did not change stands in the primary key's index. A live link has live = true, a
-- tombstone null, so that the unique constraint holds for live links only; it is checked at the end of each statement,
-- because members may change places in one.
CREATE TABLE ms_link (
    integration  text COLLATE "C" NOT NULL,
    external_id  text COLLATE "C" NOT NULL,
    hash_high    bigint,
    hash_low     bigint,
    live         boolean CHECK (live),
    member_id    text COLLATE "C",
    version      text NOT NULL,
    read_at      timestamptz NOT NULL,
    agreed       text NOT NULL,
    gone_because text,
    merged_into  text COLLATE "C",
    revision     bigint NOT NULL,
    PRIMARY KEY (integration, external_id) INCLUDE (hash_high, hash_low, live),
    CONSTRAINT ms_link_member UNIQUE (member_id, integration, live) DEFERRABLE INITIALLY IMMEDIATE
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);

CREATE SEQUENCE ms_edition;

-- edited_at is null where nothing was edited and the member is only to be decided on again.
CREATE TABLE ms_edit_mark (
    integration text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    edition     bigint NOT NULL,
    edited_at   timestamptz,
    PRIMARY KEY (integration, external_id)
);

CREATE TABLE ms_lease (
    job   text COLLATE "C" NOT NULL,
    token bigint NOT NULL,
    PRIMARY KEY (job)
) WITH (fillfactor = 50);

-- active is true while the run holds its integration's place, and null afterwards.
CREATE TABLE ms_run (
    id           text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL,
    integration  text COLLATE "C" NOT NULL,
    kind         text NOT NULL,
    started_for  text NOT NULL,
    started_by   text NOT NULL,
    state        text NOT NULL,
    active       boolean CHECK (active),
    queued_at    timestamptz NOT NULL,
    started_at   timestamptz,
    ended_at     timestamptz,
    checkpoint   text NOT NULL,
    counts       text NOT NULL,
    total        bigint,
    failure      text,
    rules        bigint,
    parked_until timestamptz,
    asked        text NOT NULL DEFAULT 'GO_ON',
    PRIMARY KEY (id),
    CONSTRAINT ms_run_active UNIQUE (integration, active)
) WITH (fillfactor = 50);

CREATE INDEX ms_run_history ON ms_run (integration, queued_at, id);

CREATE TABLE ms_position (
    integration  text COLLATE "C" NOT NULL,
    feed         text,
    full_sync_at timestamptz,
    sync_at      timestamptz,
    standing     text,
    PRIMARY KEY (integration)
);

-- ended_at is null while the conflict waits. One that is opened again keeps its row.
CREATE TABLE ms_conflict (
    integration         text COLLATE "C" NOT NULL,
    member_id           text COLLATE "C" NOT NULL,
    field               text COLLATE "C" NOT NULL,
    field_form          text NOT NULL,
    category            text NOT NULL,
    external_id         text COLLATE "C" NOT NULL,
    app                 text NOT NULL,
    app_source          text,
    app_changed_at      timestamptz,
    app_seen_at         timestamptz NOT NULL,
    agreed              text,
    registry            text NOT NULL,
    registry_source     text,
    registry_changed_at timestamptz,
    registry_seen_at    timestamptz NOT NULL,
    rule                text NOT NULL,
    why                 text NOT NULL,
    proposes_registry   boolean NOT NULL,
    proposes_because    text NOT NULL,
    opened_at           timestamptz NOT NULL,
    changed_at          timestamptz NOT NULL,
    outcome             text,
    ended_by            text,
    ended_at            timestamptz,
    ended_because       text,
    revision            bigint NOT NULL,
    PRIMARY KEY (integration, member_id, field)
);

CREATE TABLE ms_quarantine (
    integration   text COLLATE "C" NOT NULL,
    record_key    text COLLATE "C" NOT NULL,
    external_id   text COLLATE "C",
    path          text NOT NULL,
    reason        text NOT NULL,
    first_seen_at timestamptz NOT NULL,
    attempts      integer NOT NULL,
    next_try_at   timestamptz NOT NULL,
    PRIMARY KEY (integration, record_key)
);

CREATE TABLE ms_reread (
    integration text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (integration, external_id)
);

-- kept is true for what the newest complete listing noted, and null before a listing has come to its end.
CREATE TABLE ms_absence (
    integration text COLLATE "C" NOT NULL,
    run         text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    kept        boolean,
    PRIMARY KEY (integration, run, external_id)
);

CREATE TABLE ms_audit (
    id           bigint GENERATED ALWAYS AS IDENTITY,
    organization text COLLATE "C" NOT NULL,
    happened_at  timestamptz NOT NULL,
    kind         text NOT NULL,
    integration  text COLLATE "C",
    run          text COLLATE "C",
    actor        text NOT NULL,
    member_id    text COLLATE "C",
    external_id  text COLLATE "C",
    summary      text NOT NULL,
    changes      text,
    started_for  text,
    failed       boolean NOT NULL,
    salt         text NOT NULL,
    signature    text NOT NULL,
    -- The place in the organization's chain, while waiting is null.
    waiting      boolean DEFAULT TRUE CHECK (waiting),
    place        bigint,
    seal         text,
    PRIMARY KEY (organization, id),
    CONSTRAINT ms_audit_place UNIQUE (organization, place)
);

CREATE INDEX ms_audit_member ON ms_audit (member_id);

CREATE INDEX ms_audit_waiting ON ms_audit (organization, id) WHERE waiting;

CREATE TABLE ms_audit_head (
    organization text COLLATE "C" NOT NULL,
    forgotten    bigint NOT NULL,
    base         text NOT NULL,
    last_place   bigint NOT NULL,
    seal         text NOT NULL,
    proof        text NOT NULL,
    PRIMARY KEY (organization)
);

CREATE TABLE ms_key (
    name   text COLLATE "C" NOT NULL,
    sealed text NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE ms_integration (
    id           text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL,
    definition   text NOT NULL,
    credentials  text NOT NULL,
    webhook_secrets text,
    PRIMARY KEY (id)
);

CREATE TABLE ms_rules (
    organization text COLLATE "C" NOT NULL,
    number       bigint NOT NULL,
    rules        text NOT NULL,
    delegated    boolean NOT NULL,
    made_by      text,
    made_at      timestamptz,
    what         text,
    effective_at timestamptz,
    PRIMARY KEY (organization, number)
);

CREATE TABLE ms_inbox (
    integration text COLLATE "C" NOT NULL,
    delivery    text COLLATE "C" NOT NULL,
    received_at timestamptz NOT NULL,
    waiting     boolean,
    run         text COLLATE "C",
    PRIMARY KEY (integration, delivery)
);

CREATE INDEX ms_inbox_waiting ON ms_inbox (integration) WHERE waiting IS NOT NULL;

CREATE TABLE ms_outbox (
    integration   text COLLATE "C" NOT NULL,
    external_id   text COLLATE "C" NOT NULL,
    field         text COLLATE "C" NOT NULL,
    field_form    text NOT NULL,
    member_id     text COLLATE "C" NOT NULL,
    going_out     text NOT NULL,
    registry      text NOT NULL,
    state         text NOT NULL,
    made_at       timestamptz NOT NULL,
    attempts      bigint NOT NULL,
    next_try_at   timestamptz NOT NULL,
    sent          text,
    reason        text,
    returns       bigint NOT NULL,
    returns_since timestamptz NOT NULL,
    revision      bigint NOT NULL,
    PRIMARY KEY (integration, external_id, field)
);

CREATE INDEX ms_outbox_due ON ms_outbox (state, next_try_at);

CREATE TABLE ms_plan (
    id           text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL,
    integration  text COLLATE "C" NOT NULL,
    origin       text NOT NULL,
    state        text NOT NULL,
    counts       text NOT NULL,
    digest       text NOT NULL,
    applied      bigint NOT NULL,
    stale        bigint NOT NULL,
    made_at      timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    decided_by   text,
    decided_at   timestamptz,
    reason       text,
    revision     bigint NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ms_plan_history ON ms_plan (integration, id);

CREATE TABLE ms_plan_item (
    plan        text COLLATE "C" NOT NULL,
    position    bigint GENERATED ALWAYS AS IDENTITY,
    external_id text COLLATE "C" NOT NULL,
    member_id   text COLLATE "C",
    kinds       text NOT NULL,
    digest      text NOT NULL,
    sealed      text,
    outcome     text NOT NULL,
    PRIMARY KEY (plan, position)
);

CREATE UNIQUE INDEX ms_plan_item_record ON ms_plan_item (plan, external_id);

-- How many members were changed in which way, by hours since 1970.
CREATE TABLE ms_let_through (
    integration text COLLATE "C" NOT NULL,
    since_hour  bigint NOT NULL,
    counted     text COLLATE "C" NOT NULL,
    members     bigint NOT NULL,
    PRIMARY KEY (integration, since_hour, counted)
);

CREATE TABLE ms_match_review (
    integration    text COLLATE "C" NOT NULL,
    external_id    text COLLATE "C" NOT NULL,
    doubt          text NOT NULL,
    candidates     text NOT NULL,
    opened_at      timestamptz NOT NULL,
    changed_at     timestamptz NOT NULL,
    decided_by     text,
    decided_member text COLLATE "C",
    decided_why    text,
    revision       bigint NOT NULL,
    PRIMARY KEY (integration, external_id)
);

CREATE TABLE ms_enrichment (
    member_id    text COLLATE "C" NOT NULL,
    integration  text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL,
    provider     text NOT NULL,
    state        text NOT NULL,
    sealed       text,
    number_hash  text,
    subject_hash text,
    held         text,
    taken_at     timestamptz NOT NULL,
    attempts     bigint NOT NULL,
    next_try_at  timestamptz NOT NULL,
    reason       text,
    revision     bigint NOT NULL,
    PRIMARY KEY (member_id, integration)
);

CREATE INDEX ms_enrichment_due ON ms_enrichment (state, next_try_at);
CREATE INDEX ms_enrichment_number ON ms_enrichment (organization, number_hash);
CREATE INDEX ms_enrichment_subject ON ms_enrichment (organization, subject_hash);

CREATE TABLE ms_enrichment_setting (
    organization text COLLATE "C" NOT NULL,
    state        text NOT NULL,
    purpose      text NOT NULL,
    legal_basis  text NOT NULL,
    zone         text NOT NULL,
    activated_at timestamptz NOT NULL,
    changed_by   text NOT NULL,
    changed_at   timestamptz NOT NULL,
    sealed_keys  text NOT NULL,
    members      bigint,
    missing      bigint,
    PRIMARY KEY (organization)
);

-- A week is the number of its Monday, counted from 1970-01-01.
CREATE TABLE ms_enriched_week (
    organization text COLLATE "C" NOT NULL,
    week         bigint NOT NULL,
    enriched     bigint NOT NULL,
    latest_at    timestamptz NOT NULL,
    PRIMARY KEY (organization, week)
);

-- is_open is true while the alert's cause is there, and null afterwards.
CREATE TABLE ms_alert (
    id              text COLLATE "C" NOT NULL,
    organization    text COLLATE "C" NOT NULL,
    integration     text COLLATE "C" NOT NULL,
    kind            text NOT NULL,
    is_open         boolean CHECK (is_open),
    raised_at       timestamptz NOT NULL,
    seen_at         timestamptz NOT NULL,
    message         text NOT NULL,
    next_step       text NOT NULL,
    closed_at       timestamptz,
    acknowledged_by text,
    acknowledged_at timestamptz,
    PRIMARY KEY (id),
    CONSTRAINT ms_alert_open UNIQUE (integration, kind, is_open)
);
