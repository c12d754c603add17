-- Who is credited on top of a deal's revenue, and the quotas that this counts towards.
alter table deal_facts add column overlay_reps varchar[] not null default '{}';
alter table deal_facts add column overlay_percents numeric[] not null default '{}';

alter table quota_facts add column credit varchar not null default 'revenue';
