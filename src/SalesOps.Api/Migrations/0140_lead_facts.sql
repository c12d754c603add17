-- The bitemporal facts of leads; see 0101_facts.sql. From them come lists and the conversion of leads to deals.

create table lead_facts (
    tenant_id varchar not null,
    lead_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    status varchar not null,
    name varchar not null,
    company varchar,
    source varchar,
    campaign varchar,
    direction varchar not null,
    score numeric,
    owner_id varchar,
    deal_id varchar,
    created_on date not null,
    qualified_on date,
    converted_on date
);

create unique index lead_facts_current on lead_facts (tenant_id, lead_id, valid_from) where known_to = 'infinity';

create index lead_facts_known on lead_facts (tenant_id, known_to, known_from);
