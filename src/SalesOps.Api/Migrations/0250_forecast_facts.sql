-- What reps said of a period, and what it was adjusted to: one row for each standing submission and adjustment.
create table forecast_facts (
    tenant_id varchar not null,
    forecast_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    owner_id varchar not null,
    period varchar not null,
    side varchar,
    category varchar not null,
    amount numeric not null,
    currency varchar not null,
    said_at timestamptz not null,
    note varchar,
    author varchar,
    manager_id varchar,
    measure varchar,
    base numeric,
    base_position bigint
);

create unique index forecast_facts_current
    on forecast_facts (tenant_id, forecast_id, valid_from, coalesce(side, ''), category, currency) where known_to = 'infinity';

create index forecast_facts_of_period on forecast_facts (tenant_id, period, known_to, known_from);
