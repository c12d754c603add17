-- The log in Marten's table layout (string stream identity, conjoined tenancy, metadata columns). What is not Marten's
-- lives in tables of its own, so that a real Marten opens this schema.

create sequence mt_events_sequence;

-- Each append to a known stream updates its row. No index covers what it changes, and the free room lets the new row
-- version stay on its page (a HOT update), so the table doesn't bloat.
create table mt_streams (
  tenant_id varchar not null default '*DEFAULT*',
  id varchar not null,
  type varchar,
  version bigint,
  timestamp timestamptz not null default now(),
  created timestamptz not null default now(),
  is_archived boolean default false,
  constraint pkey_mt_streams_tenant_id_id primary key (tenant_id, id)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

-- seq_id is given out under the lock of log_head and never from the sequence, so it is dense and rises in commit order.
create table mt_events (
  seq_id bigint not null,
  id uuid not null,
  stream_id varchar,
  version bigint not null,
  data jsonb not null,
  type varchar(500) not null,
  timestamp timestamptz not null,
  tenant_id varchar default '*DEFAULT*',
  mt_dotnet_type varchar,
  correlation_id varchar,
  causation_id varchar,
  headers jsonb,
  is_archived boolean default false,
  constraint pkey_mt_events_seq_id primary key (seq_id)
) with (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

create unique index pk_mt_events_stream_and_version on mt_events (tenant_id, stream_id, version);
create unique index pk_mt_events_id_unique on mt_events (id);

create table mt_event_progression (
  name varchar not null,
  last_seq_id bigint,
  last_updated timestamptz default now(),
  constraint pkey_mt_event_progression_name primary key (name)
) with (fillfactor = 20, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);

-- "Always": replication roles are refused too. Only an owner who disables the trigger gets past it, and verify finds
-- what was done then.
create function log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'The log is append-only: % of % is refused.', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger mt_events_append_only before update or delete or truncate on mt_events
  for each statement execute function log_is_append_only();
alter table mt_events enable always trigger mt_events_append_only;

-- Where the log ends. Its row lock, taken first by every appending transaction, makes the log one line across processes.
create table log_head (
  only_row boolean not null default true,
  last_seq bigint not null,
  last_recorded_at timestamptz,
  constraint log_head_pkey primary key (only_row),
  constraint log_head_one_row check (only_row),
  constraint log_head_recorded check ((last_seq = 0) = (last_recorded_at is null))
) with (fillfactor = 10, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);

insert into log_head (last_seq) values (0);

-- The last position recorded at or before an instant; 0 before the first. Positions are dense and recorded times rise
-- with them, so twenty steps by the primary key search a million events and no index on the time is needed.
create function log_position_at(instant timestamptz) returns bigint language plpgsql stable as $$
declare
  known bigint := 0;
  beyond bigint := (select last_seq + 1 from log_head);
  middle bigint;
begin
  while beyond - known > 1 loop
    middle := (known + beyond) / 2;
    if (select timestamp <= instant from mt_events where seq_id = middle) then
      known := middle;
    else
      beyond := middle;
    end if;
  end loop;
  return known;
end $$;

-- Claimed in the transaction of the events, so that a repeat finds either nothing or the first answer.
create table idempotency (
  tenant_id varchar not null,
  key varchar not null,
  request_hash text not null,
  streams text[] not null,
  versions bigint[] not null,
  position bigint not null,
  answer text not null,
  recorded_at timestamptz not null,
  constraint idempotency_pkey primary key (tenant_id, key)
);

create index idempotency_recorded_at on idempotency (recorded_at);

-- One chain of blocks per tenant; the bytes are described at BlockHash. leaves holds, for each event, its position
-- (8 bytes, big-endian) and its leaf hash (32 bytes), so that a bad event is named and not only its block.
create table notary_block (
  tenant_id varchar not null,
  block bigint not null,
  first_seq bigint not null,
  last_seq bigint not null,
  events integer not null,
  leaves bytea not null,
  root bytea not null,
  previous bytea not null,
  hash bytea not null,
  closed_at timestamptz not null default now(),
  constraint notary_block_pkey primary key (tenant_id, block),
  constraint notary_block_range check (block >= 1 and first_seq >= 1 and last_seq >= first_seq and events >= 1)
);

alter table notary_block alter column leaves set storage external;
create index notary_block_last_seq on notary_block (tenant_id, last_seq);
