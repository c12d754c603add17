-- Who serves an account, in which role, and who must not: one row for each of them.
create table assignment_facts (
    tenant_id varchar not null,
    account_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    is_conflict boolean not null,
    role varchar,
    rep_id varchar,
    since timestamptz,
    covered_by varchar
);

create unique index assignment_facts_current
    on assignment_facts (tenant_id, account_id, valid_from, is_conflict, coalesce(role, ''), coalesce(rep_id, ''))
    where known_to = 'infinity';

create index assignment_facts_known on assignment_facts (tenant_id, known_to, known_from);

-- What reps have won, whenever known; everything that a record is made of is in the index.
create index deal_facts_won on deal_facts (tenant_id, owner_id)
    include (account_id, valid_from, valid_to, known_from, known_to)
    where status = 'won';
