-- What a deal has been through: the stages it came into, how often its close was put off, and what it was worth at most.

alter table deal_facts
    add path_stages varchar[] not null default '{}',
    add path_since timestamptz[] not null default '{}',
    add pushes int not null default 0,
    add first_close date,
    add peak_amount numeric;

-- What closed deals are counted by, from the index alone.
drop index deal_facts_closed;

create index deal_facts_closed on deal_facts (tenant_id, closed_on)
    include (valid_from, valid_to, known_from, known_to, status, owner_id, amount, currency, opened_on, source, competitor)
    where status <> 'open';

-- Calls, e-mails and meetings, each at the instant at which it was.
create table activity_facts (
    tenant_id varchar not null,
    deal_id varchar not null,
    event_id uuid not null,
    at timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    kind varchar not null,
    rep_id varchar not null,
    contact_id varchar
);

create unique index activity_facts_event on activity_facts (tenant_id, event_id);

create index activity_facts_at on activity_facts (tenant_id, at);

create index activity_facts_deal on activity_facts (tenant_id, deal_id, at);
