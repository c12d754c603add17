-- Templates of contracts, over both times.
create table contract_template_facts (
    tenant_id varchar not null,
    template_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    name varchar not null,
    template_version bigint not null,
    clauses int not null
);

create unique index contract_template_facts_current on contract_template_facts (tenant_id, template_id, valid_from)
    where known_to = 'infinity';

create index contract_template_facts_known on contract_template_facts (tenant_id, known_to, known_from);
