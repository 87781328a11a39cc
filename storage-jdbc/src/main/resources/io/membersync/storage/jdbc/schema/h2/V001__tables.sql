-- Ids are stored as UTF-8 bytes, whose order is that of the code points: text would follow the database's collation.
-- Every statement may run again, because H2 commits each one by itself. Read an id with UTF8TOSTRING.

CREATE TABLE IF NOT EXISTS ms_member (
    id                VARCHAR(200) NOT NULL,
    organization      VARCHAR(200) NOT NULL,
    version           bigint NOT NULL,
    merged_into       VARCHAR(200),
    member_number     VARCHAR,
    first_name        VARCHAR,
    last_name         VARCHAR,
    birth_date        date,
    national_id       VARCHAR,
    email             VARCHAR,
    mobile            VARCHAR,
    street            VARCHAR,
    postal_code       VARCHAR,
    city              VARCHAR,
    country           VARCHAR,
    protected_address boolean,
    status            VARCHAR,
    membership_type   VARCHAR,
    member_from       date,
    member_to         date,
    paid_until        date,
    roles             VARCHAR,
    affiliations      VARCHAR,
    certified_from    date,
    certified_until   date,
    mentor_status     VARCHAR,
    PRIMARY KEY (id)
);

-- A live link has live = true, a tombstone null, so that the unique constraint holds for live links only.
CREATE TABLE IF NOT EXISTS ms_link (
    integration  VARBINARY(1000) NOT NULL,
    external_id  VARBINARY(1000) NOT NULL,
    hash_high    bigint,
    hash_low     bigint,
    live         boolean CHECK (live),
    member_id    VARBINARY(1000),
    version      VARCHAR NOT NULL,
    read_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    agreed       VARCHAR NOT NULL,
    gone_because VARCHAR,
    merged_into  VARBINARY(1000),
    revision     bigint NOT NULL,
    PRIMARY KEY (integration, external_id),
    CONSTRAINT ms_link_member UNIQUE (member_id, integration, live)
);

CREATE SEQUENCE IF NOT EXISTS ms_edition;

-- edited_at is null where nothing was edited and the member is only to be decided on again.
CREATE TABLE IF NOT EXISTS ms_edit_mark (
    integration VARBINARY(1000) NOT NULL,
    external_id VARBINARY(1000) NOT NULL,
    edition     bigint NOT NULL,
    edited_at   TIMESTAMP(6) WITH TIME ZONE,
    PRIMARY KEY (integration, external_id)
);

CREATE TABLE IF NOT EXISTS ms_lease (
    job   VARBINARY(1000) NOT NULL,
    token bigint NOT NULL,
    PRIMARY KEY (job)
);

-- active is true while the run holds its integration's place, and null afterwards.
CREATE TABLE IF NOT EXISTS ms_run (
    id           VARBINARY(1000) NOT NULL,
    organization VARBINARY(1000) NOT NULL,
    integration  VARBINARY(1000) NOT NULL,
    kind         VARCHAR NOT NULL,
    started_for  VARCHAR NOT NULL,
    started_by   VARCHAR NOT NULL,
    state        VARCHAR NOT NULL,
    active       boolean CHECK (active),
    queued_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    started_at   TIMESTAMP(6) WITH TIME ZONE,
    ended_at     TIMESTAMP(6) WITH TIME ZONE,
    checkpoint   VARCHAR NOT NULL,
    counts       VARCHAR NOT NULL,
    total        bigint,
    failure      VARCHAR,
    rules        bigint,
    parked_until TIMESTAMP(6) WITH TIME ZONE,
    asked        VARCHAR NOT NULL DEFAULT 'GO_ON',
    PRIMARY KEY (id),
    CONSTRAINT ms_run_active UNIQUE (integration, active)
);

CREATE INDEX IF NOT EXISTS ms_run_history ON ms_run (integration, queued_at, id);

CREATE TABLE IF NOT EXISTS ms_position (
    integration  VARBINARY(1000) NOT NULL,
    feed         VARCHAR,
    full_sync_at TIMESTAMP(6) WITH TIME ZONE,
    sync_at      TIMESTAMP(6) WITH TIME ZONE,
    standing     VARCHAR,
    PRIMARY KEY (integration)
);

-- ended_at is null while the conflict waits. One that is opened again keeps its row.
CREATE TABLE IF NOT EXISTS ms_conflict (
    integration         VARBINARY(1000) NOT NULL,
    member_id           VARBINARY(1000) NOT NULL,
    field               VARBINARY(1000) NOT NULL,
    field_form          VARCHAR NOT NULL,
    category            VARCHAR NOT NULL,
    external_id         VARBINARY(1000) NOT NULL,
    app                 VARCHAR NOT NULL,
    app_source          VARCHAR,
    app_changed_at      TIMESTAMP(6) WITH TIME ZONE,
    app_seen_at         TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    agreed              VARCHAR,
    registry            VARCHAR NOT NULL,
    registry_source     VARCHAR,
    registry_changed_at TIMESTAMP(6) WITH TIME ZONE,
    registry_seen_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    rule                VARCHAR NOT NULL,
    why                 VARCHAR NOT NULL,
    proposes_registry   boolean NOT NULL,
    proposes_because    VARCHAR NOT NULL,
    opened_at           TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    changed_at          TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    outcome             VARCHAR,
    ended_by            VARCHAR,
    ended_at            TIMESTAMP(6) WITH TIME ZONE,
    ended_because       VARCHAR,
    revision            bigint NOT NULL,
    PRIMARY KEY (integration, member_id, field)
);

CREATE TABLE IF NOT EXISTS ms_quarantine (
    integration   VARBINARY(1000) NOT NULL,
    record_key    VARBINARY(4000) NOT NULL,
    external_id   VARBINARY(1000),
    path          VARCHAR NOT NULL,
    reason        VARCHAR NOT NULL,
    first_seen_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    attempts      integer NOT NULL,
    next_try_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (integration, record_key)
);

CREATE TABLE IF NOT EXISTS ms_reread (
    integration VARBINARY(1000) NOT NULL,
    external_id VARBINARY(1000) NOT NULL,
    PRIMARY KEY (integration, external_id)
);

-- kept is true for what the newest complete listing noted, and null before a listing has come to its end.
CREATE TABLE IF NOT EXISTS ms_absence (
    integration VARBINARY(1000) NOT NULL,
    run         VARBINARY(1000) NOT NULL,
    external_id VARBINARY(1000) NOT NULL,
    kept        boolean,
    PRIMARY KEY (integration, run, external_id)
);

CREATE TABLE IF NOT EXISTS ms_audit (
    id           bigint GENERATED ALWAYS AS IDENTITY,
    organization VARBINARY(1000) NOT NULL,
    happened_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    kind         VARCHAR NOT NULL,
    integration  VARBINARY(1000),
    run          VARBINARY(1000),
    actor        VARCHAR NOT NULL,
    member_id    VARBINARY(1000),
    external_id  VARBINARY(1000),
    summary      VARCHAR NOT NULL,
    changes      VARCHAR,
    started_for  VARCHAR,
    failed       boolean NOT NULL,
    salt         VARCHAR NOT NULL,
    signature    VARCHAR NOT NULL,
    -- The place in the organization's chain, while waiting is null.
    waiting      boolean DEFAULT TRUE CHECK (waiting),
    place        bigint,
    seal         VARCHAR,
    PRIMARY KEY (organization, id),
    CONSTRAINT ms_audit_place UNIQUE (organization, place)
);

CREATE INDEX IF NOT EXISTS ms_audit_member ON ms_audit (member_id);

CREATE INDEX IF NOT EXISTS ms_audit_waiting ON ms_audit (waiting, organization, id);

CREATE TABLE IF NOT EXISTS ms_audit_head (
    organization VARBINARY(1000) NOT NULL,
    forgotten    bigint NOT NULL,
    base         VARCHAR NOT NULL,
    last_place   bigint NOT NULL,
    seal         VARCHAR NOT NULL,
    proof        VARCHAR NOT NULL,
    PRIMARY KEY (organization)
);

CREATE TABLE IF NOT EXISTS ms_key (
    name   VARBINARY(1000) NOT NULL,
    sealed VARCHAR NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE IF NOT EXISTS ms_integration (
    id           VARBINARY(1000) NOT NULL,
    organization VARBINARY(1000) NOT NULL,
    definition   VARCHAR NOT NULL,
    credentials  VARCHAR NOT NULL,
    webhook_secrets VARCHAR,
    PRIMARY KEY (id)
);

CREATE TABLE IF NOT EXISTS ms_rules (
    organization VARBINARY(1000) NOT NULL,
    number       bigint NOT NULL,
    rules        VARCHAR NOT NULL,
    delegated    boolean NOT NULL,
    made_by      VARCHAR,
    made_at      TIMESTAMP(6) WITH TIME ZONE,
    what         VARCHAR,
    effective_at TIMESTAMP(6) WITH TIME ZONE,
    PRIMARY KEY (organization, number)
);

CREATE TABLE IF NOT EXISTS ms_inbox (
    integration VARBINARY(1000) NOT NULL,
    delivery    VARBINARY(1000) NOT NULL,
    received_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    waiting     boolean,
    run         VARBINARY(1000),
    PRIMARY KEY (integration, delivery)
);

CREATE INDEX IF NOT EXISTS ms_inbox_waiting ON ms_inbox (waiting);

CREATE TABLE IF NOT EXISTS ms_outbox (
    integration   VARBINARY(1000) NOT NULL,
    external_id   VARBINARY(1000) NOT NULL,
    field         VARBINARY(1000) NOT NULL,
    field_form    VARCHAR NOT NULL,
    member_id     VARBINARY(1000) NOT NULL,
    going_out     VARCHAR NOT NULL,
    registry      VARCHAR NOT NULL,
    state         VARCHAR NOT NULL,
    made_at       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    attempts      bigint NOT NULL,
    next_try_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    sent          VARCHAR,
    reason        VARCHAR,
    returns       bigint NOT NULL,
    returns_since TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    revision      bigint NOT NULL,
    PRIMARY KEY (integration, external_id, field)
);

CREATE INDEX IF NOT EXISTS ms_outbox_due ON ms_outbox (state, next_try_at);

CREATE TABLE IF NOT EXISTS ms_plan (
    id           VARBINARY(1000) NOT NULL,
    organization VARBINARY(1000) NOT NULL,
    integration  VARBINARY(1000) NOT NULL,
    origin       VARCHAR NOT NULL,
    state        VARCHAR NOT NULL,
    counts       VARCHAR NOT NULL,
    digest       VARCHAR NOT NULL,
    applied      bigint NOT NULL,
    stale        bigint NOT NULL,
    made_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    expires_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    decided_by   VARCHAR,
    decided_at   TIMESTAMP(6) WITH TIME ZONE,
    reason       VARCHAR,
    revision     bigint NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS ms_plan_history ON ms_plan (integration, id);

CREATE TABLE IF NOT EXISTS ms_plan_item (
    plan        VARBINARY(1000) NOT NULL,
    position    bigint GENERATED ALWAYS AS IDENTITY,
    external_id VARBINARY(1000) NOT NULL,
    member_id   VARBINARY(1000),
    kinds       VARCHAR NOT NULL,
    digest      VARCHAR NOT NULL,
    sealed      VARCHAR,
    outcome     VARCHAR NOT NULL,
    PRIMARY KEY (plan, position)
);

CREATE UNIQUE INDEX IF NOT EXISTS ms_plan_item_record ON ms_plan_item (plan, external_id);

-- How many members were changed in which way, by hours since 1970.
CREATE TABLE IF NOT EXISTS ms_let_through (
    integration VARBINARY(1000) NOT NULL,
    since_hour  bigint NOT NULL,
    counted     VARBINARY(1000) NOT NULL,
    members     bigint NOT NULL,
    PRIMARY KEY (integration, since_hour, counted)
);

CREATE TABLE IF NOT EXISTS ms_match_review (
    integration    VARBINARY(1000) NOT NULL,
    external_id    VARBINARY(1000) NOT NULL,
    doubt          VARCHAR NOT NULL,
    candidates     VARCHAR NOT NULL,
    opened_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    changed_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    decided_by     VARCHAR,
    decided_member VARBINARY(1000),
    decided_why    VARCHAR,
    revision       bigint NOT NULL,
    PRIMARY KEY (integration, external_id)
);

CREATE TABLE IF NOT EXISTS ms_enrichment (
    member_id    VARBINARY(1000) NOT NULL,
    integration  VARBINARY(1000) NOT NULL,
    organization VARBINARY(1000) NOT NULL,
    provider     VARCHAR NOT NULL,
    state        VARCHAR NOT NULL,
    sealed       VARCHAR,
    number_hash  VARCHAR,
    subject_hash VARCHAR,
    held         VARCHAR,
    taken_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    attempts     bigint NOT NULL,
    next_try_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    reason       VARCHAR,
    revision     bigint NOT NULL,
    PRIMARY KEY (member_id, integration)
);

CREATE INDEX IF NOT EXISTS ms_enrichment_due ON ms_enrichment (state, next_try_at);
CREATE INDEX IF NOT EXISTS ms_enrichment_number ON ms_enrichment (organization, number_hash);
CREATE INDEX IF NOT EXISTS ms_enrichment_subject ON ms_enrichment (organization, subject_hash);

CREATE TABLE IF NOT EXISTS ms_enrichment_setting (
    organization VARBINARY(1000) NOT NULL,
    state        VARCHAR NOT NULL,
    purpose      VARCHAR NOT NULL,
    legal_basis  VARCHAR NOT NULL,
    zone         VARCHAR NOT NULL,
    activated_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    changed_by   VARCHAR NOT NULL,
    changed_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    sealed_keys  VARCHAR NOT NULL,
    members      bigint,
    missing      bigint,
    PRIMARY KEY (organization)
);

-- A week is the number of its Monday, counted from 1970-01-01.
CREATE TABLE IF NOT EXISTS ms_enriched_week (
    organization VARBINARY(1000) NOT NULL,
    week         bigint NOT NULL,
    enriched     bigint NOT NULL,
    latest_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (organization, week)
);

-- is_open is true while the alert's cause is there, and null afterwards.
CREATE TABLE IF NOT EXISTS ms_alert (
    id              VARBINARY(1000) NOT NULL,
    organization    VARBINARY(1000) NOT NULL,
    integration     VARBINARY(1000) NOT NULL,
    kind            VARCHAR NOT NULL,
    is_open         boolean CHECK (is_open),
    raised_at       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    seen_at         TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    message         VARCHAR NOT NULL,
    next_step       VARCHAR NOT NULL,
    closed_at       TIMESTAMP(6) WITH TIME ZONE,
    acknowledged_by VARCHAR,
    acknowledged_at TIMESTAMP(6) WITH TIME ZONE,
    PRIMARY KEY (id),
    CONSTRAINT ms_alert_open UNIQUE (integration, kind, is_open)
);
