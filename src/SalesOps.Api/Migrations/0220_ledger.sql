-- The postings of every journal, one row each; rows are only ever added. Debits are positive.
create table ledger_entries (
    tenant_id varchar not null,
    position bigint not null,
    line integer not null,
    posting integer not null,
    event_id uuid not null,
    recorded_at timestamptz not null,
    rep_id varchar not null,
    source varchar not null,
    kind varchar not null,
    posted_on date not null,
    effective_on date not null,
    origin date not null,
    account varchar not null,
    amount numeric not null,
    line_amount numeric not null,
    currency varchar not null,
    rule varchar not null,
    deal_id varchar,
    credit_id varchar,
    component varchar,
    part varchar,
    plan_id varchar,
    plan_version integer,
    cause_event_id varchar,
    engine varchar
);

create unique index ledger_entries_line on ledger_entries (tenant_id, position, line, posting);

create index ledger_entries_rep on ledger_entries (tenant_id, rep_id, posted_on);

create index ledger_entries_event on ledger_entries (tenant_id, event_id);

create index ledger_entries_deal on ledger_entries (tenant_id, deal_id) where deal_id is not null;

-- Months that are closed, or being closed.
create table period_facts (
    tenant_id varchar not null,
    period varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    status varchar not null,
    position bigint,
    block bigint,
    block_hash varchar,
    accounts varchar[] not null,
    debits numeric[] not null,
    credits numeric[] not null,
    currencies varchar[] not null
);

create unique index period_facts_current on period_facts (tenant_id, period, valid_from) where known_to = 'infinity';

-- Adjustments, payouts and disputes; the id begins with which of them it is.
create table approval_facts (
    tenant_id varchar not null,
    approval_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    status varchar not null,
    rep_id varchar not null,
    period varchar not null,
    effective_on date not null,
    reason varchar not null,
    author varchar not null,
    decided_by varchar,
    amount numeric,
    currency varchar,
    deal_id varchar,
    entry_ids varchar[] not null
);

create unique index approval_facts_current on approval_facts (tenant_id, approval_id, valid_from) where known_to = 'infinity';

-- Reps whose pay can't be calculated for the time being.
create table calculation_facts (
    tenant_id varchar not null,
    rep_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    period varchar not null,
    code varchar not null,
    detail varchar not null
);

create unique index calculation_facts_current on calculation_facts (tenant_id, rep_id, valid_from) where known_to = 'infinity';

-- Which deals somebody may be credited with.
create index deal_facts_won_account on deal_facts (tenant_id, account_id)
    where status = 'won' and known_to = 'infinity';

create index deal_facts_won_shares on deal_facts using gin (share_reps)
    where status = 'won' and known_to = 'infinity' and share_reps <> '{}';

create index deal_facts_won_overlays on deal_facts using gin (overlay_reps)
    where status = 'won' and known_to = 'infinity' and overlay_reps <> '{}';

create index contract_facts_of_deal on contract_facts (tenant_id, deal_id) where known_to = 'infinity' and deal_id is not null;

create index assignment_facts_of_rep on assignment_facts (tenant_id, rep_id) where known_to = 'infinity';
