-- Territories, who works them, and the models of them, over both times.

create table territory_facts (
    tenant_id varchar not null,
    territory_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    model_id varchar,
    definition jsonb not null
);

create unique index territory_facts_current on territory_facts (tenant_id, territory_id, valid_from) where known_to = 'infinity';

create index territory_facts_known on territory_facts (tenant_id, known_to, known_from);

-- One row for each rep of a territory.
create table territory_staff_facts (
    tenant_id varchar not null,
    territory_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    rep_id varchar not null,
    role varchar,
    share numeric not null
);

create unique index territory_staff_facts_current on territory_staff_facts (tenant_id, territory_id, rep_id, valid_from)
    where known_to = 'infinity';

create index territory_staff_facts_known on territory_staff_facts (tenant_id, known_to, known_from);

create table territory_model_facts (
    tenant_id varchar not null,
    model_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    name varchar not null,
    territories int not null
);

create unique index territory_model_facts_current on territory_model_facts (tenant_id, model_id, valid_from)
    where known_to = 'infinity';

create index territory_model_facts_known on territory_model_facts (tenant_id, known_to, known_from);
