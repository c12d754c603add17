-- Personal text stands in an event sealed under a key of the person. The keys are no part of the log: to forget one is to
-- erase the text, and every hash stays what it is. A row without a key says that the person was erased, for ever.
create table subject_key (
  tenant_id varchar not null,
  subject varchar not null,
  key bytea,
  erased_at timestamptz,
  constraint subject_key_pkey primary key (tenant_id, subject),
  constraint subject_key_erased check ((key is null) = (erased_at is not null))
);

-- Text that was recorded before there were keys is taken out of its row when the person is erased. The leaf that its
-- block has sealed stays here, beside the one of what is left; the event that erased the person names both, so that
-- they are proved by the chain and not by this table.
create table redacted_event (
  tenant_id varchar not null,
  seq_id bigint not null,
  was bytea not null,
  now bytea not null,
  erased_by uuid not null,
  constraint redacted_event_pkey primary key (tenant_id, seq_id)
);

create function log_takes_redactions_only() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - 'data') = (to_jsonb(old) - 'data')
     and exists (select from redacted_event r where r.tenant_id = old.tenant_id and r.seq_id = old.seq_id)
  then
    return new;
  end if;
  raise exception 'The log is append-only: % of % is refused.', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;

drop trigger mt_events_append_only on mt_events;
create trigger mt_events_append_only before delete or truncate on mt_events
  for each statement execute function log_is_append_only();
alter table mt_events enable always trigger mt_events_append_only;
create trigger mt_events_redactions_only before update on mt_events
  for each row execute function log_takes_redactions_only();
alter table mt_events enable always trigger mt_events_redactions_only;
