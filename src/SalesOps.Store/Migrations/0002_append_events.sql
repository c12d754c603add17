-- A batch of appends in one round trip: takes the head's lock, checks what the batch rests on, writes it and moves the
-- head. Each statement of a volatile function sees what was committed before it began, so what is read behind the lock
-- stays true until the commit. Gives nothing, and has written nothing, where a stream is not at the version that was
-- asked for; then the appender reads and decides one by one.
--
-- Positions and times of the batch count from the head: the event in place n gets the position head + n, and after_us is
-- how many microseconds after the first append of the batch its own was recorded.
create function append_events(
  asked_tenants text[], asked_streams text[], asked_versions bigint[],
  moved_tenants text[], moved_streams text[], moved_versions bigint[], moved_after_us bigint[],
  ids uuid[], tenants text[], streams text[], versions bigint[], types text[], data jsonb[], headers jsonb[],
  after_us bigint[], clr_types text[], correlation_ids text[], causation_ids text[],
  out head bigint, out first_recorded_at timestamptz)
language plpgsql as $$
declare
  last_recorded timestamptz;
  us constant interval := interval '1 microsecond';
  n constant bigint := cardinality(ids);
begin
  select last_seq, last_recorded_at into head, last_recorded from log_head where only_row for update;
  if head is null then
    raise exception 'The log has no head.';
  end if;

  if exists (
    select from unnest(asked_tenants, asked_streams, asked_versions) as asked (tenant_id, id, version)
    left join mt_streams s on s.tenant_id = asked.tenant_id and s.id = asked.id
    where coalesce(s.version, 0) <> asked.version)
  then
    head := null;
    return;
  end if;

  -- After the wait for the lock.
  first_recorded_at := greatest(clock_timestamp(), last_recorded + us);
  if n = 0 then
    return;
  end if;

  insert into mt_events (seq_id, id, tenant_id, stream_id, version, type, data, headers, timestamp,
                         mt_dotnet_type, correlation_id, causation_id, is_archived)
  select head + place, e.id, e.tenant_id, e.stream_id, e.version, e.type, e.data, e.headers,
         first_recorded_at + e.after_us * us, e.mt_dotnet_type, e.correlation_id, e.causation_id, false
  from unnest(ids, tenants, streams, versions, types, data, headers, after_us, clr_types, correlation_ids, causation_ids)
    with ordinality as e (id, tenant_id, stream_id, version, type, data, headers, after_us, mt_dotnet_type,
                          correlation_id, causation_id, place);
  -- Marten's stream type is what stands before the slash.
  insert into mt_streams (tenant_id, id, type, version, timestamp, created)
  select m.tenant_id, m.id, split_part(m.id, '/', 1), m.version, m.at, m.at
  from (select tenant_id, id, version, first_recorded_at + moved.after_us * us
        from unnest(moved_tenants, moved_streams, moved_versions, moved_after_us)
          as moved (tenant_id, id, version, after_us)) as m (tenant_id, id, version, at)
  on conflict (tenant_id, id) do update set version = excluded.version, timestamp = excluded.timestamp;
  update log_head set last_seq = head + n, last_recorded_at = first_recorded_at + after_us[n] * us where only_row;
  -- The sequence is only moved along for Marten's sake; it gives no number to anybody here.
  perform setval('mt_events_sequence', head + n);
end $$;
