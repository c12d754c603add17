-- Who shares a deal's revenue, and how many pieces it is of.
alter table deal_facts add column share_reps varchar[] not null default '{}';
alter table deal_facts add column share_percents numeric[] not null default '{}';
alter table deal_facts add column units numeric not null default 0;

-- What quotas come to, month by month.
create table quota_facts (
    tenant_id varchar not null,
    quota_id varchar not null,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    known_from timestamptz not null,
    known_to timestamptz not null,
    holder_kind varchar not null,
    holder_id varchar not null,
    period varchar not null,
    measure varchar not null,
    amount numeric not null,
    currency varchar,
    total numeric not null,
    active_from date not null,
    active_to date not null,
    months date[] not null,
    month_amounts numeric[] not null
);

create unique index quota_facts_current on quota_facts (tenant_id, quota_id, valid_from) where known_to = 'infinity';

create index quota_facts_active on quota_facts (tenant_id, active_from, active_to);
