-- devices: on which phones whose entries lie, when they were last heard of, and which of them are revoked.

-- Upkeep of the server, kept as requests come and so outside the books: a row a minute and phone would bury what people
-- did. One row a phone and account, because each account has its own entries on it.
create table sys.device (
  agency_id uuid not null,
  -- The installation id that the browser made: another life of its storage is another device.
  device_id uuid not null,
  account_id uuid not null,
  -- The last session it was heard of by; whoever clears the storage does not come out of a revocation by that.
  session_id uuid not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  unsent integer not null check (unsent between 0 and 999999),
  oldest_unsent_at timestamptz,
  app_version text not null check (length(app_version) <= 40),
  platform text not null check (length(platform) <= 60),
  acknowledged bigint not null default 0,
  -- It has said that it destroyed its keys and stores.
  wiped_at timestamptz,
  primary key (agency_id, device_id, account_id)
);
create index device_of_account on sys.device (agency_id, account_id, last_seen_at desc);

create table app.device_revocation (
  agency_id uuid not null,
  device_id uuid not null,
  account_id uuid not null,
  revoked_at timestamptz not null,
  revoked_by uuid not null,
  why text not null check (length(why) between 2 and 200),
  restored_at timestamptz,
  restored_by uuid,
  restored_why text check (length(restored_why) between 2 and 200),
  primary key (agency_id, device_id, account_id),
  constraint device_restored_whole check ((restored_at is null) = (restored_by is null)
    and (restored_at is null) = (restored_why is null)),
  foreign key (agency_id, account_id) references app.account
);
comment on table app.device_revocation is 'devices: phones that were lost or taken away from an account, by whom and why';
select sys.protect('device_revocation', array['device_id', 'account_id']);

-- The agency is the session's and never an argument. What came late does not undo what came after it. Of one account
-- the latest `in_most` are kept: an id costs whoever makes it up nothing.
create function sys.note_devices(in_devices uuid[], in_accounts uuid[], in_sessions uuid[], in_seen timestamptz[],
  in_unsent integer[], in_oldest timestamptz[], in_versions text[], in_platforms text[], in_acknowledged integer[],
  in_wiped timestamptz[], in_most integer) returns void
language sql security definer set search_path = pg_catalog as $$
  insert into sys.device as d
  select nullif(current_setting('app.agency_id', true), '')::uuid, n.device, n.account, n.session, n.seen, n.seen, n.unsent,
    n.oldest, n.version, n.platform, n.acknowledged, n.wiped
  from unnest(in_devices, in_accounts, in_sessions, in_seen, in_unsent, in_oldest, in_versions, in_platforms,
    in_acknowledged, in_wiped)
    as n (device, account, session, seen, unsent, oldest, version, platform, acknowledged, wiped)
  order by n.device, n.account
  on conflict (agency_id, device_id, account_id) do update set
    session_id = excluded.session_id,
    last_seen_at = excluded.last_seen_at,
    unsent = excluded.unsent,
    oldest_unsent_at = excluded.oldest_unsent_at,
    app_version = excluded.app_version,
    platform = excluded.platform,
    acknowledged = d.acknowledged + excluded.acknowledged,
    wiped_at = excluded.wiped_at
  where d.last_seen_at <= excluded.last_seen_at;
  delete from sys.device d
  where d.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid and d.account_id = any (in_accounts)
    and not exists (select from app.device_revocation r where r.agency_id = d.agency_id and r.device_id = d.device_id
      and r.account_id = d.account_id and r.restored_at is null)
    and d.device_id not in (select l.device_id from sys.device l where l.agency_id = d.agency_id
      and l.account_id = d.account_id order by l.last_seen_at desc, l.device_id limit in_most);
$$;

create function sys.devices()
returns table (device_id uuid, account_id uuid, first_seen_at timestamptz, last_seen_at timestamptz, unsent integer,
  oldest_unsent_at timestamptz, app_version text, platform text, acknowledged bigint, wiped_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select d.device_id, d.account_id, d.first_seen_at, d.last_seen_at, d.unsent, d.oldest_unsent_at, d.app_version,
    d.platform, d.acknowledged, d.wiped_at
  from sys.device d where d.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid
  order by d.device_id, d.account_id
$$;

-- Asked at the door, where nobody's scope has been entered but the agency's.
create function sys.revoked_devices()
returns table (device_id uuid, account_id uuid, session_id uuid, revoked_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select r.device_id, r.account_id, d.session_id, r.revoked_at
  from app.device_revocation r left join sys.device d on d.agency_id = r.agency_id and d.device_id = r.device_id
    and d.account_id = r.account_id
  where r.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid and r.restored_at is null
  order by r.device_id, r.account_id
$$;

revoke all on function sys.note_devices(uuid[], uuid[], uuid[], timestamptz[], integer[], timestamptz[], text[], text[],
  integer[], timestamptz[], integer), sys.devices(), sys.revoked_devices() from public;
grant execute on function sys.note_devices(uuid[], uuid[], uuid[], timestamptz[], integer[], timestamptz[], text[], text[],
  integer[], timestamptz[], integer), sys.devices(), sys.revoked_devices() to fangxian_app;
