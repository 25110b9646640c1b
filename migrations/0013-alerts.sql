-- An alert is somebody's: taken, acknowledged, handed over, put off, and gone up by the clock where nobody did.
alter table app.alert
  -- The person who took it or to whom it was handed; null: whoever has the role.
  add column owner_account_id uuid,
  -- The role that owned it when it was raised. Null: raised before this was kept, and the owner is the first one.
  add column first_owner_role text,
  add column acknowledged_at timestamptz,
  add column acknowledged_by uuid,
  -- When it goes up unless somebody has acknowledged it. Null: raised before this was kept, and it goes up when due.
  add column goes_up_at timestamptz,
  add column went_up integer not null default 0,
  add column snoozed_until timestamptz,
  -- How often it was raised: a condition that ends and comes back at once is the same alert.
  add column times integer not null default 1;
create index alert_past on app.alert (agency_id, cleared_at desc) where cleared_at is not null;
create index alert_of_subject on app.alert (agency_id, watch, subject, cleared_at);

create table app.alert_step (
  agency_id uuid not null,
  alert_id uuid not null,
  n integer not null,
  kind text not null check (kind in ('acknowledged', 'taken', 'handed', 'snoozed', 'woken', 'wentUp', 'ended', 'continued',
    'turned')),
  at timestamptz not null,
  by_account uuid,
  text text not null default '',
  -- Whose it was afterwards.
  owner_role text not null,
  owner_account_id uuid,
  -- Until when it was put off.
  until timestamptz,
  primary key (agency_id, alert_id, n),
  foreign key (agency_id, alert_id) references app.alert
);
comment on table app.alert_step is 'kernel: what was done about an alert, by whom and when';

-- Absent: the defaults, which are that red and amber sound at every hour.
create table app.alert_setting (
  agency_id uuid not null,
  account_id uuid not null,
  sound_red boolean not null,
  sound_amber boolean not null,
  -- Minutes after midnight; from behind until passes midnight. Both null: no quiet hours.
  quiet_from_minute integer check (quiet_from_minute between 0 and 1439),
  quiet_until_minute integer check (quiet_until_minute between 0 and 1439),
  -- In quiet hours red ones still sound.
  quiet_but_red boolean not null,
  primary key (agency_id, account_id),
  constraint alert_setting_hours check ((quiet_from_minute is null) = (quiet_until_minute is null)
    and (quiet_from_minute is null or quiet_from_minute <> quiet_until_minute))
);
comment on table app.alert_setting is 'kernel: how an account wants to be told of alerts';

select sys.protect('alert_step', array['alert_id', 'n']);
select sys.protect('alert_setting', array['account_id']);

-- ---------------------------------------------------------------------------------- push, through definer functions
-- Where a browser wants to be told. The address is a secret of the device, so it stands outside the books.
create table sys.push_subscription (
  agency_id uuid not null,
  endpoint text not null check (length(endpoint) <= 1000),
  account_id uuid not null,
  p256dh text not null,
  auth text not null,
  agent text not null,
  made_at timestamptz not null,
  primary key (agency_id, endpoint)
);
create index push_subscription_of_account on sys.push_subscription (agency_id, account_id);

-- The agency is the session's and never an argument. False where the account has too many devices already. A device
-- that somebody else signs in on is his from then on.
create function sys.add_push(in_account uuid, in_endpoint text, in_p256dh text, in_auth text, in_agent text,
  in_at timestamptz, in_most integer) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
  agency constant uuid := nullif(current_setting('app.agency_id', true), '')::uuid;
begin
  if (select count(*) from sys.push_subscription p where p.agency_id = agency and p.account_id = in_account
      and p.endpoint <> in_endpoint) >= in_most then
    return false;
  end if;
  insert into sys.push_subscription values (agency, in_endpoint, in_account, in_p256dh, in_auth, in_agent, in_at)
  on conflict (agency_id, endpoint) do update set account_id = excluded.account_id, p256dh = excluded.p256dh,
    auth = excluded.auth, agent = excluded.agent, made_at = excluded.made_at;
  return true;
end $$;

-- Of one account, or with a null whoever's it is: what the push service no longer knows.
create function sys.drop_push(in_account uuid, in_endpoint text) returns boolean
language sql security definer set search_path = pg_catalog as $$
  with gone as (
    delete from sys.push_subscription p
    where p.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid and p.endpoint = in_endpoint
      and (in_account is null or p.account_id = in_account)
    returning 1
  )
  select exists (select from gone)
$$;

create function sys.push_of(in_accounts uuid[])
returns table (account_id uuid, endpoint text, p256dh text, auth text, agent text, made_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select p.account_id, p.endpoint, p.p256dh, p.auth, p.agent, p.made_at from sys.push_subscription p
  where p.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid and p.account_id = any (in_accounts)
  order by p.account_id, p.endpoint
$$;

-- The keys by which push services know this installation, wrapped by the master key. Made once: the first that were
-- brought are the ones that stay.
create function sys.push_keys() returns text
language sql stable security definer set search_path = pg_catalog as $$
  select value from sys.installation where key = 'push_keys'
$$;
create function sys.keep_push_keys(in_wrapped text) returns void
language sql security definer set search_path = pg_catalog as $$
  insert into sys.installation values ('push_keys', in_wrapped) on conflict (key) do nothing
$$;

revoke all on function sys.add_push(uuid, text, text, text, text, timestamptz, integer), sys.drop_push(uuid, text),
  sys.push_of(uuid[]), sys.push_keys(), sys.keep_push_keys(text) from public;
grant execute on function sys.add_push(uuid, text, text, text, text, timestamptz, integer), sys.drop_push(uuid, text),
  sys.push_of(uuid[]), sys.push_keys(), sys.keep_push_keys(text) to fangxian_app;
