-- What assignments and territories ask of reps and accounts.

alter table rep_facts
    add hired_on date,
    add skills varchar[] not null default '{}',
    add languages varchar[] not null default '{}',
    add capacity int,
    add roles varchar[] not null default '{}',
    add presence varchar not null default 'active',
    add cover_rep_id varchar;

alter table account_facts
    add region varchar,
    add employees int,
    add revenue numeric,
    add currency varchar,
    add buying_process varchar,
    add parent_id varchar,
    add languages varchar[] not null default '{}',
    add skills varchar[] not null default '{}';
