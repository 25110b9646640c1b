-- The kernel: tenants, journal, change, reviews, accounts and what stands outside the tenants.
create extension if not exists pg_trgm;
create extension if not exists btree_gist;

create schema app;
create schema ref;
create schema sys;
grant usage on schema app, ref to fangxian_app, fangxian_jobs;
grant usage on schema sys to fangxian_app, fangxian_jobs;

-- A value of class personal or health stands in tables only sealed; the database itself refuses clear text.
create domain app.sealed_text as text check (value ~ '^sealed:1:[0-9a-f-]{36}:[A-Za-z0-9_-]+$');

-- ------------------------------------------------------------------------------------------------ sys: outside
create table sys.installation (
  key text primary key,
  value text not null
);
create table sys.credential (
  agency_id uuid not null,
  account_id uuid not null,
  password_hash text,
  must_change boolean not null default true,
  set_at timestamptz not null,
  primary key (agency_id, account_id)
);
create table sys.session (
  token_hash bytea primary key,
  session_id uuid not null unique,
  agency_id uuid not null,
  account_id uuid not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  address text not null,
  agent text not null
);
create index session_of_account on sys.session (agency_id, account_id);
create table sys.throttle (
  key text primary key,
  failures integer not null,
  window_from timestamptz not null,
  locked_until timestamptz
);
create table sys.one_time_code (
  code_hash bytea primary key,
  purpose text not null check (purpose in ('reset', 'first-administrator')),
  agency_id uuid,
  account_id uuid,
  expires_at timestamptz not null,
  used_at timestamptz
);
-- One key per officer or subject, wrapped by the installation's master key, which is never in the database.
create table sys.seal_key (
  agency_id uuid not null,
  owner_id uuid not null,
  wrapped text,
  made_at timestamptz not null,
  destroyed_at timestamptz,
  primary key (agency_id, owner_id)
);
create table sys.job_progress (
  agency_id uuid not null,
  job_id uuid not null,
  kind text not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  done integer not null default 0,
  total integer not null default 0,
  note_zh text not null default '',
  note_en text not null default '',
  result jsonb,
  updated_at timestamptz not null,
  primary key (agency_id, job_id)
);

-- -------------------------------------------------------------------------------------------- app: the tenants
create table app.agency (
  agency_id uuid primary key,
  code text not null unique check (code ~ '^[a-z0-9-]{1,40}$'),
  name text not null check (length(name) between 1 and 80),
  kind text not null check (kind in ('real', 'rehearsal')),
  host_name text unique,
  time_zone text not null default 'Asia/Shanghai',
  hand_over_minute integer not null default 480 check (hand_over_minute between 0 and 1439),
  logo_text text not null default ''
);
comment on table app.agency is 'access: one bureau, the tenant';

-- seq is the order of the agency: assigned under a lock, because ids made by clients are not commit order.
create table app.journal_head (
  agency_id uuid primary key,
  seq bigint not null
);
comment on table app.journal_head is 'kernel: last seq of each agency';

create table app.journal (
  agency_id uuid not null,
  seq bigint not null,
  id uuid not null,
  parent_id uuid,
  name text not null,
  version integer not null,
  kind text not null check (kind in ('fact', 'request')),
  actor_id uuid,
  actor jsonb not null,
  device_id uuid,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  digest text not null,
  input jsonb not null,
  verdict text not null check (verdict in ('done', 'refused', 'held')),
  answer jsonb not null,
  primary key (agency_id, seq),
  unique (agency_id, id)
);
create index journal_by_actor on app.journal (agency_id, actor_id, seq desc);
comment on table app.journal is 'kernel: every command with its answer, in order';

create table app.change (
  agency_id uuid not null,
  table_name text not null,
  row_id text not null,
  n bigint not null,
  command_id uuid not null,
  op char(1) not null check (op in ('i', 'u', 'd')),
  before jsonb,
  after jsonb,
  primary key (agency_id, table_name, row_id, n)
);
create index change_by_command on app.change (agency_id, command_id);
comment on table app.change is 'kernel: each row before and after, by command';

create table app.opening (
  agency_id uuid not null,
  opening_id uuid not null,
  query text not null,
  actor_id uuid not null,
  purpose text not null check (length(purpose) between 2 and 500),
  at timestamptz not null,
  primary key (agency_id, opening_id)
);
create index opening_by_time on app.opening (agency_id, at desc);
comment on table app.opening is 'kernel: every look at sealed values, with its purpose';

create table app.review (
  agency_id uuid not null,
  review_id uuid not null,
  command_id uuid not null,
  name text not null,
  version integer not null,
  reason jsonb not null,
  actor_id uuid,
  device_id uuid,
  held_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'dismissed')),
  settled_by uuid,
  settled_at timestamptz,
  settled_why text,
  settled_command_id uuid,
  primary key (agency_id, review_id)
);
create index review_open on app.review (agency_id, state, held_at desc);
comment on table app.review is 'kernel: facts held for a person to accept or dismiss';

create table app.account (
  agency_id uuid not null references app.agency,
  account_id uuid not null,
  badge text not null check (length(badge) between 1 and 20),
  name text not null,
  roles text[] not null check (cardinality(roles) >= 1),
  scope_unit_id uuid,
  officer_id uuid,
  active boolean not null default true,
  primary key (agency_id, account_id),
  unique (agency_id, badge)
);
comment on table app.account is 'access: who may sign in, with roles and unit scope';

create table app.alert (
  agency_id uuid not null,
  alert_id uuid not null,
  watch text not null,
  subject text not null,
  title_zh text not null,
  title_en text not null,
  severity text not null check (severity in ('red', 'amber')),
  link text not null,
  owner_role text not null,
  unit_id uuid,
  raised_at timestamptz not null,
  due_at timestamptz not null,
  cleared_at timestamptz,
  primary key (agency_id, alert_id)
);
create unique index alert_open_once on app.alert (agency_id, watch, subject) where cleared_at is null;
create index alert_open on app.alert (agency_id, due_at) where cleared_at is null;
comment on table app.alert is 'kernel: conditions that watches found, until they end';

-- ------------------------------------------------------------------------------------------------ change trigger
-- SECURITY DEFINER, because an invoker's trigger would need INSERT on change, and so let the app forge it.
-- The table's name is an argument: on a sharded table tg_table_name is the shard's.
create function sys.record_change() returns trigger
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
declare
  command_id uuid := nullif(current_setting('app.command_id', true), '')::uuid;
  old_row jsonb;
  new_row jsonb;
  whole jsonb;
  key text := '';
  n bigint;
  i integer;
begin
  if command_id is null then
    raise exception 'write to % outside a command', tg_argv[0] using errcode = 'FX001';
  end if;
  if tg_op <> 'INSERT' then old_row := to_jsonb(old); end if;
  if tg_op <> 'DELETE' then new_row := to_jsonb(new); end if;
  whole := coalesce(new_row, old_row);
  for i in 1 .. tg_nargs - 1 loop
    key := case when i = 1 then whole ->> tg_argv[i] else key || ':' || (whole ->> tg_argv[i]) end;
  end loop;
  if tg_op = 'UPDATE' then
    -- A record is followed by its key; under a new key its history would begin in the middle.
    for i in 1 .. tg_nargs - 1 loop
      if old_row -> tg_argv[i] is distinct from new_row -> tg_argv[i] then
        raise exception 'the key of % cannot be changed', tg_argv[0] using errcode = 'FX002';
      end if;
    end loop;
    -- Only what changed: a quarter less space, the same time.
    select coalesce(jsonb_object_agg(o.key, o.value), '{}') into old_row
      from jsonb_each(old_row) o where new_row -> o.key is distinct from o.value;
    if old_row = '{}' then return null; end if;
    select jsonb_object_agg(w.key, w.value) into new_row
      from jsonb_each(new_row) w where old_row ? w.key;
  end if;
  select coalesce(max(c.n), 0) + 1 into n from app.change c
    where c.agency_id = (whole ->> 'agency_id')::uuid and c.table_name = tg_argv[0] and c.row_id = key;
  insert into app.change values
    ((whole ->> 'agency_id')::uuid, tg_argv[0], key, n, command_id,
     case tg_op when 'INSERT' then 'i' when 'UPDATE' then 'u' else 'd' end, old_row, new_row);
  return null;
end $$;

-- Everything a domain table needs: policy of the tenant, policy of the unit, change trigger, grants.
create function sys.protect(table_name text, key_columns text[], unit_column text default null) returns void
language plpgsql as $$
declare
  arguments text := quote_literal(table_name);
  column_name text;
begin
  execute format('alter table app.%I enable row level security', table_name);
  execute format(
    $f$create policy tenant on app.%I using (agency_id = nullif(current_setting('app.agency_id', true), '')::uuid)$f$,
    table_name);
  if unit_column is not null then
    execute format(
      $f$create policy unit_scope on app.%I as restrictive using (
        case current_setting('app.unit_ids', true) when '*' then true
        else %I = any (nullif(current_setting('app.unit_ids', true), '')::uuid[]) end)$f$,
      table_name, unit_column);
  end if;
  foreach column_name in array key_columns loop
    arguments := arguments || ', ' || quote_literal(column_name);
  end loop;
  execute format('create trigger change after insert or update or delete on app.%I
    for each row execute function sys.record_change(%s)', table_name, arguments);
  execute format('grant select, insert, update, delete on app.%I to fangxian_app', table_name);
end $$;

select sys.protect('agency', array['agency_id']);
select sys.protect('account', array['account_id']);
select sys.protect('review', array['review_id']);
select sys.protect('alert', array['alert_id']);

-- The books themselves: under the tenant's policy, without a change trigger of their own.
do $$
declare t text;
begin
  foreach t in array array['journal', 'journal_head', 'change', 'opening'] loop
    execute format('alter table app.%I enable row level security', t);
    execute format(
      $f$create policy tenant on app.%I using (agency_id = nullif(current_setting('app.agency_id', true), '')::uuid)$f$, t);
  end loop;
end $$;
grant select, insert on app.journal, app.opening to fangxian_app;
grant select, insert, update on app.journal_head to fangxian_app;
grant select on app.change to fangxian_app;

-- ---------------------------------------------------------------------------------- sys, through definer functions
create function sys.agencies() returns table (agency_id uuid, code text, name text, kind text, host_name text,
  time_zone text, hand_over_minute integer)
language sql stable security definer set search_path = pg_catalog as $$
  select agency_id, code, name, kind, host_name, time_zone, hand_over_minute from app.agency order by name, agency_id
$$;

create function sys.account_for_sign_in(in_agency uuid, in_badge text)
returns table (account_id uuid, active boolean, password_hash text, must_change boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select a.account_id, a.active, c.password_hash, coalesce(c.must_change, true)
  from app.account a left join sys.credential c on c.agency_id = a.agency_id and c.account_id = a.account_id
  where a.agency_id = in_agency and a.badge = in_badge
$$;

create function sys.set_password(in_agency uuid, in_account uuid, in_hash text, in_must_change boolean, in_at timestamptz)
returns void language sql security definer set search_path = pg_catalog as $$
  insert into sys.credential values (in_agency, in_account, in_hash, in_must_change, in_at)
  on conflict (agency_id, account_id) do update
    set password_hash = excluded.password_hash, must_change = excluded.must_change, set_at = excluded.set_at
$$;

create function sys.add_session(in_hash bytea, in_session uuid, in_agency uuid, in_account uuid, in_at timestamptz,
  in_expires timestamptz, in_address text, in_agent text) returns void
language sql security definer set search_path = pg_catalog as $$
  insert into sys.session values (in_hash, in_session, in_agency, in_account, in_at, in_at, in_expires, in_address, in_agent)
$$;

create function sys.sessions_of(in_agency uuid, in_account uuid, in_at timestamptz)
returns table (session_id uuid, created_at timestamptz, seen_at timestamptz, address text, agent text)
language sql stable security definer set search_path = pg_catalog as $$
  select session_id, created_at, seen_at, address, agent from sys.session
  where agency_id = in_agency and account_id = in_account and expires_at > in_at order by seen_at desc, session_id
$$;

-- Ends one session, or with a null all of the account but the kept one; says how many ended.
create function sys.end_sessions(in_agency uuid, in_account uuid, in_session uuid, in_keep uuid) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare ended integer;
begin
  delete from sys.session where agency_id = in_agency and account_id = in_account
    and (in_session is null or session_id = in_session) and (in_keep is null or session_id <> in_keep);
  get diagnostics ended = row_count;
  return ended;
end $$;

create function sys.throttle_check(in_key text, in_at timestamptz) returns timestamptz
language sql stable security definer set search_path = pg_catalog as $$
  select locked_until from sys.throttle where key = in_key and locked_until > in_at
$$;
-- Counts a failure in a window; past `in_most` the key is locked for `in_lock`.
create function sys.throttle_fail(in_key text, in_at timestamptz, in_most integer, in_window interval, in_lock interval)
returns integer language plpgsql security definer set search_path = pg_catalog as $$
declare so_far integer;
begin
  insert into sys.throttle as t values (in_key, 1, in_at, null)
  on conflict (key) do update set
    failures = case when t.window_from < in_at - in_window then 1 else t.failures + 1 end,
    window_from = case when t.window_from < in_at - in_window then in_at else t.window_from end,
    locked_until = case when t.window_from >= in_at - in_window and t.failures + 1 >= in_most
      then in_at + in_lock else null end
  returning failures into so_far;
  return so_far;
end $$;
create function sys.throttle_clear(in_key text) returns void
language sql security definer set search_path = pg_catalog as $$ delete from sys.throttle where key = in_key $$;

create function sys.add_code(in_hash bytea, in_purpose text, in_agency uuid, in_account uuid, in_expires timestamptz)
returns void language sql security definer set search_path = pg_catalog as $$
  insert into sys.one_time_code values (in_hash, in_purpose, in_agency, in_account, in_expires, null)
$$;
-- Uses a code up. A reset code belongs to one account; the first administrator's belongs to nobody yet.
create function sys.use_code(in_hash bytea, in_purpose text, in_account uuid, in_at timestamptz)
returns table (agency_id uuid, account_id uuid)
language sql security definer set search_path = pg_catalog as $$
  update sys.one_time_code c set used_at = in_at
  where c.code_hash = in_hash and c.purpose = in_purpose and c.account_id is not distinct from in_account
    and c.used_at is null and c.expires_at > in_at
  returning c.agency_id, c.account_id
$$;

create function sys.seal_keys(in_agency uuid, in_owners uuid[])
returns table (owner_id uuid, wrapped text, destroyed_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select owner_id, wrapped, destroyed_at from sys.seal_key where agency_id = in_agency and owner_id = any (in_owners)
$$;
create function sys.add_seal_keys(in_agency uuid, in_owners uuid[], in_wrapped text[], in_at timestamptz) returns void
language sql security definer set search_path = pg_catalog as $$
  insert into sys.seal_key select in_agency, o, w, in_at, null from unnest(in_owners, in_wrapped) as k (o, w)
  on conflict do nothing
$$;
-- Erasing a person is destroying the key: what was sealed under it stays sealed for ever.
create function sys.destroy_seal_key(in_agency uuid, in_owner uuid, in_at timestamptz) returns boolean
language sql security definer set search_path = pg_catalog as $$
  update sys.seal_key set wrapped = null, destroyed_at = in_at
  where agency_id = in_agency and owner_id = in_owner and destroyed_at is null returning true
$$;

create function sys.put_job(in_agency uuid, in_job uuid, in_kind text, in_state text, in_done integer, in_total integer,
  in_zh text, in_en text, in_result jsonb, in_at timestamptz) returns void
language sql security definer set search_path = pg_catalog as $$
  insert into sys.job_progress values (in_agency, in_job, in_kind, in_state, in_done, in_total, in_zh, in_en, in_result, in_at)
  on conflict (agency_id, job_id) do update set state = excluded.state, done = excluded.done, total = excluded.total,
    note_zh = excluded.note_zh, note_en = excluded.note_en, result = coalesce(excluded.result, sys.job_progress.result),
    updated_at = excluded.updated_at
$$;
create function sys.get_job(in_agency uuid, in_job uuid)
returns table (kind text, state text, done integer, total integer, note_zh text, note_en text, result jsonb, updated_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select kind, state, done, total, note_zh, note_en, result, updated_at from sys.job_progress
  where agency_id = in_agency and job_id = in_job
$$;

revoke all on all functions in schema sys from public;
grant execute on function sys.agencies(), sys.account_for_sign_in(uuid, text),
  sys.set_password(uuid, uuid, text, boolean, timestamptz),
  sys.add_session(bytea, uuid, uuid, uuid, timestamptz, timestamptz, text, text),
  sys.sessions_of(uuid, uuid, timestamptz), sys.end_sessions(uuid, uuid, uuid, uuid),
  sys.throttle_check(text, timestamptz), sys.throttle_fail(text, timestamptz, integer, interval, interval),
  sys.throttle_clear(text), sys.add_code(bytea, text, uuid, uuid, timestamptz), sys.use_code(bytea, text, uuid, timestamptz),
  sys.seal_keys(uuid, uuid[]), sys.add_seal_keys(uuid, uuid[], text[], timestamptz),
  sys.destroy_seal_key(uuid, uuid, timestamptz),
  sys.put_job(uuid, uuid, text, text, integer, integer, text, text, jsonb, timestamptz), sys.get_job(uuid, uuid)
to fangxian_app;
