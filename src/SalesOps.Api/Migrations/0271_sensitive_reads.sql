-- Who read what others would rather not show, written before it is answered.
create table sensitive_read (
    id bigint generated always as identity primary key,
    tenant_id varchar not null,
    read_at timestamptz not null default clock_timestamp(),
    actor varchar not null,
    operation varchar not null,
    target text not null,
    trace_id varchar not null
);

create index sensitive_read_of_tenant on sensitive_read (tenant_id, id);

create trigger sensitive_read_append_only before update or delete or truncate on sensitive_read
    for each statement execute function log_is_append_only();
