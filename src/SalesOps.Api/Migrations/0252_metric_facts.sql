-- The catalogue of metrics; the terms as events have them.
create table metric_facts (
    tenant_id varchar not null,
    metric_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    terms jsonb not null,
    definition_version int not null,
    is_retired boolean not null
);

create unique index metric_facts_current on metric_facts (tenant_id, metric_id, valid_from) where known_to = 'infinity';
