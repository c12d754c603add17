-- Keys that all processes share and that no answer shows.
create table api_secret (
  name varchar primary key,
  value bytea not null
);

-- Two random UUIDs are 244 random bits, from the server's strong generator.
insert into api_secret (name, value)
values ('cursor', decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
