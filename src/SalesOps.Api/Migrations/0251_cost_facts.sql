-- What was spent, on what, and over which days.
create table cost_facts (
    tenant_id varchar not null,
    cost_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    kind varchar not null,
    from_date date not null,
    to_date date not null,
    amount numeric not null,
    currency varchar not null
);

create unique index cost_facts_current on cost_facts (tenant_id, cost_id, valid_from) where known_to = 'infinity';

create index cost_facts_over on cost_facts (tenant_id, from_date, to_date);
