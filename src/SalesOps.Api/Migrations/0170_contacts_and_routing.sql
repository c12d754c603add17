-- What routing asks of leads: since when somebody works one, and where it lies.
alter table lead_facts
    add column owner_since timestamptz,
    add column segment varchar,
    add column industry varchar,
    add column country varchar,
    add column employees int,
    add column languages varchar[] not null default '{}';

create index lead_facts_owner on lead_facts (tenant_id, owner_id) where status in ('new', 'qualified');

-- The people of accounts: one row for each.
create table contact_facts (
    tenant_id varchar not null,
    account_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    contact_id varchar not null,
    name varchar not null,
    title varchar,
    role varchar,
    email varchar,
    phone varchar,
    known_by varchar[] not null
);

create unique index contact_facts_current on contact_facts (tenant_id, account_id, valid_from, contact_id)
    where known_to = 'infinity';

create index contact_facts_known on contact_facts (tenant_id, account_id, known_to, known_from);
