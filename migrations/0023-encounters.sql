-- encounters: what happens at a checkpoint or a gate. The encounters themselves are bulk facts (decision 0010): they go
-- in by group commit and not through the journal row by row, so they have no change trigger and no foreign key.

-- A bulk table is written by a flush or by upkeep, which say so, and not by a command: asked once a statement and not
-- once a row.
create function sys.guard_bulk() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if coalesce(current_setting('app.bulk_id', true), '') = '' then
    raise exception 'write to % outside a flush', tg_table_name using errcode = 'FX001';
  end if;
  return null;
end $$;
revoke all on function sys.guard_bulk() from public;

-- A bulk table: the policy of the tenant as everywhere, but no change trigger. Rows are written and settled, never deleted
-- by the server's role.
create function sys.protect_bulk(table_name text) returns void
language plpgsql as $$
begin
  execute format('alter table app.%I enable row level security', table_name);
  execute format(
    $f$create policy tenant on app.%I using (agency_id = nullif(current_setting('app.agency_id', true), '')::uuid)$f$,
    table_name);
  execute format('grant select, insert, update on app.%I to fangxian_app', table_name);
  execute format('create trigger guard before insert or update on app.%I execute function sys.guard_bulk()', table_name);
end $$;
revoke all on function sys.protect_bulk(text) from public;

create table app.encounter (
  agency_id uuid not null,
  -- The fact's id, a UUIDv7 made on the phone.
  encounter_id uuid not null,
  -- The journal row that stands for the flush it came with, and what was in it: 128 bits of a SHA-256.
  commit_id uuid not null,
  digest text not null,
  occurred_at timestamptz not null,
  -- What the phone's clock said, where it cannot have been so.
  claimed_at timestamptz,
  received_at timestamptz not null,
  account_id uuid,
  device_id uuid,
  post_id uuid not null,
  passer text not null,
  direction text not null,
  people integer not null,
  temperature integer,
  code_shown text not null,
  disinfected boolean not null,
  verdict text not null,
  reason text,
  rules_version integer not null,
  pass_token text,
  -- Sealed to the agency's public key; emptied when the subject is known.
  boxes jsonb not null,
  subject_id uuid,
  primary key (agency_id, encounter_id)
) partition by range (encounter_id);
comment on table app.encounter is 'encounters: somebody who came to a post and what was decided, without identity';
create index encounter_of_post on app.encounter (agency_id, post_id, occurred_at) include (subject_id);
create index encounter_of_subject on app.encounter (agency_id, subject_id, occurred_at) include (post_id);
-- Whose boxes nobody has opened yet: the few of the last minute, among millions.
create index encounter_unsettled on app.encounter (agency_id, encounter_id) where boxes <> '[]'::jsonb;
-- A phone's clock may say 1970 or 2040: what lies in no day that was made ahead lies here, at both ends and between.
create table app.encounter_other partition of app.encounter default;
comment on table app.encounter_other is 'encounters: those whose id is of a day that was not made ahead';
select sys.protect_bulk('encounter');

-- Counted by the flush that writes the encounters, in the same transaction. They stay when the encounters are gone.
create table app.encounter_hour (
  agency_id uuid not null,
  duty_day date not null,
  -- Its first instant. The hour of a hand-over may lie in two duty days.
  hour timestamptz not null,
  post_id uuid not null,
  passer text not null,
  verdict text not null,
  passes integer not null,
  people integer not null,
  fevers integer not null,
  refusals integer not null,
  last_at timestamptz not null,
  primary key (agency_id, duty_day, hour, post_id, passer, verdict)
);
comment on table app.encounter_hour is 'encounters: how many came to a post in an hour, by what was decided';
create index encounter_hour_of_post on app.encounter_hour (agency_id, post_id, hour);
select sys.protect_bulk('encounter_hour');

-- The smallest UUIDv7 of an instant.
create function sys.uuid_from(in_at timestamptz) returns uuid
language sql immutable set search_path = pg_catalog as $$
  select rpad(lpad(to_hex((extract(epoch from in_at) * 1000)::bigint), 12, '0'), 32, '0')::uuid
$$;

-- Days of encounters: made ahead, with what lies in the catch-all already; dropped when the newest arrival in them is
-- past its time; and the catch-all swept by arrival, because its ids tell nothing.
create function sys.keep_encounter_days(in_now timestamptz, in_ahead integer, in_keep_days integer)
returns table (made integer, dropped integer, swept bigint)
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' set lock_timeout = '5s' as $$
declare
  past constant timestamptz := in_now - make_interval(days => in_keep_days);
  day date;
  part text;
  newest timestamptz;
begin
  if in_keep_days < 7 or in_ahead not between 1 and 60 then
    raise exception 'encounters are kept for a week at least';
  end if;
  perform pg_advisory_xact_lock(hashtext('fangxian encounter days'));
  made := 0;
  dropped := 0;
  for day in select generate_series(in_now::date - 1, in_now::date + in_ahead, '1 day')::date loop
    part := 'encounter_' || to_char(day, 'YYYYMMDD');
    continue when to_regclass('app.' || part) is not null;
    execute format('create table app.%I (like app.encounter including defaults including constraints)', part);
    execute format('with moved as (delete from app.encounter_other where encounter_id >= %L and encounter_id < %L returning *)
      insert into app.%I select * from moved', sys.uuid_from(day), sys.uuid_from(day + 1), part);
    execute format('alter table app.encounter attach partition app.%I for values from (%L) to (%L)', part,
      sys.uuid_from(day), sys.uuid_from(day + 1));
    made := made + 1;
  end loop;
  for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'app.encounter'::regclass and c.relname ~ '^encounter_\d{8}$'
        and to_date(right(c.relname, 8), 'YYYYMMDD') < past::date order by 1 loop
    execute format('select max(received_at) from app.%I', part) into newest;
    continue when newest >= past;
    execute format('drop table app.%I', part);
    dropped := dropped + 1;
  end loop;
  delete from app.encounter_other where received_at < past;
  get diagnostics swept = row_count;
  return next;
end $$;
revoke all on function sys.uuid_from(timestamptz), sys.keep_encounter_days(timestamptz, integer, integer) from public;
grant execute on function sys.keep_encounter_days(timestamptz, integer, integer) to fangxian_app;

-- Limits that a post goes by. A version is never changed; the newest for the post counts, else for its kind, else for all.
create table app.encounter_rule (
  agency_id uuid not null,
  version integer not null,
  post_kind text,
  post_id uuid,
  fever_tenths integer not null check (fever_tenths between 300 and 450),
  asks_code boolean not null,
  asks_temperature boolean not null,
  asks_disinfection boolean not null,
  exempt text not null check (length(exempt) <= 500),
  turn_back_words text not null check (length(turn_back_words) <= 500),
  objection_words text not null check (length(objection_words) <= 500),
  set_at timestamptz not null,
  set_by uuid,
  primary key (agency_id, version),
  check (post_kind is null or post_id is null),
  foreign key (agency_id, post_id) references app.post
);
comment on table app.encounter_rule is 'encounters: a version of what posts go by, for one, a kind or all';

create table app.emergency_passage (
  agency_id uuid not null,
  passage_id uuid not null,
  post_id uuid not null,
  emergency text not null,
  people integer not null,
  passer text not null,
  note text not null check (length(note) <= 200),
  passed_at timestamptz not null,
  received_at timestamptz not null,
  passed_by uuid,
  primary key (agency_id, passage_id),
  foreign key (agency_id, post_id) references app.post
);
create index emergency_passage_by_time on app.emergency_passage (agency_id, passed_at);
comment on table app.emergency_passage is 'encounters: an emergency that was let through at once';

create table app.holding (
  agency_id uuid not null,
  holding_id uuid not null,
  post_id uuid not null,
  encounter_id uuid not null,
  basis text not null,
  needs text not null check (length(needs) <= 200),
  began_at timestamptz not null,
  ends_at timestamptz not null,
  held_by uuid,
  -- When it ended: by somebody's word, or by itself at ends_at.
  ended_at timestamptz,
  -- Null: ended by itself, and nobody has said yet what became of the person.
  outcome text check (outcome in ('released', 'handedOver', 'left')),
  ended_by uuid,
  note text not null default '' check (length(note) <= 200),
  primary key (agency_id, holding_id),
  foreign key (agency_id, post_id) references app.post
);
create index holding_open on app.holding (agency_id, ends_at) where outcome is null;
comment on table app.holding is 'encounters: somebody asked to wait at a post, why, and until when at most';

select sys.protect('encounter_rule', array['version']);
select sys.protect('emergency_passage', array['passage_id']);
select sys.protect('holding', array['holding_id']);
