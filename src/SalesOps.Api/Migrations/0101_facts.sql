-- The bitemporal facts: one row is what held during [valid_from, valid_to), as known during [known_from, known_to).
-- 'infinity' is an open end. Rows are only ever inserted, and their known interval closed once.
--
-- A class is the binary logarithm of an interval's length in microseconds, 63 for an open end: an interval of class c
-- that contains an instant began less than 2^(c+1) microseconds before it. So the rows that hold at an instant are one
-- short range of (class, from) per class, and reading them costs as much as there are of them, however long the history.
-- deal_facts is vacuumed early and often, for its indexes answer alone only where the visibility map says they may.

create table deal_facts (
    tenant_id varchar not null,
    deal_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    valid_class smallint not null,
    known_class smallint not null,
    status varchar not null,
    name varchar not null,
    pipeline_id varchar not null,
    stage varchar not null,
    amount numeric,
    currency varchar,
    owner_id varchar,
    account_id varchar,
    category varchar,
    expected_close date,
    opened_on date not null,
    closed_on date,
    source varchar,
    competitor varchar,
    loss_reason varchar,
    products varchar[] not null,
    product_amounts numeric[] not null
) with (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_vacuum_scale_factor = 0.05);

-- Closing rows: what is known now of one deal.
create unique index deal_facts_current on deal_facts (tenant_id, deal_id, valid_from) where known_to = 'infinity';

-- The open deals of an instant, as known now; everything that a pipeline is made of is in the index.
create index deal_facts_open on deal_facts (tenant_id, valid_class, valid_from)
    include (valid_to, known_from, pipeline_id, stage, owner_id, account_id, category, amount, currency)
    where known_to = 'infinity' and status = 'open';

-- The same for rows that were known once and no longer are.
create index deal_facts_open_once on deal_facts (tenant_id, known_class, known_from)
    include (known_to, valid_from, valid_to, pipeline_id, stage, owner_id, account_id, category, amount, currency)
    where known_to <> 'infinity' and status = 'open';

-- Wins and losses by their business date, whenever known.
create index deal_facts_closed on deal_facts (tenant_id, closed_on) where status <> 'open';

create table rep_facts (
    tenant_id varchar not null,
    rep_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    name varchar not null,
    manager_id varchar,
    team varchar,
    office varchar
);

create unique index rep_facts_current on rep_facts (tenant_id, rep_id, valid_from) where known_to = 'infinity';

create index rep_facts_known on rep_facts (tenant_id, known_to, known_from);

create table account_facts (
    tenant_id varchar not null,
    account_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    name varchar not null,
    segment varchar,
    industry varchar,
    country varchar
);

create unique index account_facts_current on account_facts (tenant_id, account_id, valid_from) where known_to = 'infinity';

create index account_facts_known on account_facts (tenant_id, known_to, known_from);

create table product_facts (
    tenant_id varchar not null,
    product_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    name varchar not null,
    series varchar,
    list_price numeric,
    currency varchar
);

create unique index product_facts_current on product_facts (tenant_id, product_id, valid_from) where known_to = 'infinity';

create index product_facts_known on product_facts (tenant_id, known_to, known_from);

-- One row per stage of a version of a pipeline.
create table stage_facts (
    tenant_id varchar not null,
    pipeline_id varchar not null,
    stage varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    pipeline_name varchar not null,
    stage_order int not null,
    name varchar not null,
    probability numeric,
    category varchar
);

create unique index stage_facts_current on stage_facts (tenant_id, pipeline_id, stage, valid_from) where known_to = 'infinity';

create index stage_facts_known on stage_facts (tenant_id, known_to, known_from);
