-- roster: rest that is granted to somebody to whom it is owed, and orders beyond the rules of rest. What is owed is
-- worked out from what was worked and stands in no table. And which days are holidays, for shares of weekends.

create table app.rest_grant (
  agency_id uuid not null,
  grant_id uuid not null,
  officer_id uuid not null,
  -- What was broken, and the moment at which it was: together they name the debt.
  cause text not null check (cause in ('short', 'long', 'noDayOff')),
  arisen_at timestamptz not null,
  begins_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > begins_at),
  granted_at timestamptz not null,
  granted_by uuid,
  -- Somebody was ordered on duty within it; the order says by whom and why.
  ended_at timestamptz,
  primary key (agency_id, grant_id),
  foreign key (agency_id, officer_id) references app.officer
);
create unique index rest_grant_once on app.rest_grant (agency_id, officer_id, cause, arisen_at)
  where ended_at is null;
create index rest_grant_by_end on app.rest_grant (agency_id, ends_at);
comment on table app.rest_grant is 'roster: a compulsory rest granted to an officer, from and until; no duty may lie in it';

create table app.rest_order (
  agency_id uuid not null,
  order_id uuid not null,
  operation_id uuid not null,
  officer_id uuid not null,
  cause text not null check (cause in ('short', 'long', 'noDayOff')),
  arisen_at timestamptz not null,
  orderer text not null check (length(orderer) between 1 and 60),
  reason text not null check (length(reason) between 1 and 300),
  ordered_at timestamptz not null,
  ordered_by uuid,
  primary key (agency_id, order_id),
  constraint rest_order_once unique (agency_id, officer_id, cause, arisen_at),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, officer_id) references app.officer
);
comment on table app.rest_order is 'roster: an officer is kept on duty although rest is owed to him: by whose order, and why';

create table app.special_day (
  agency_id uuid not null references app.agency,
  day date not null,
  -- A holiday counts like a weekend; a weekend on which everybody works does not.
  kind text not null check (kind in ('holiday', 'workday')),
  name text not null check (length(name) between 1 and 40),
  set_at timestamptz not null,
  set_by uuid,
  primary key (agency_id, day)
);
comment on table app.special_day is 'roster: a holiday, or a weekend day on which everybody works, as the State Council publishes them';

select sys.protect('special_day', array['day']);
select sys.keep_past('special_day', array['day']);
select sys.protect('rest_grant', array['grant_id']);
select sys.protect('rest_order', array['order_id']);
select sys.keep_past('rest_grant', array['grant_id']);
select sys.keep_past('rest_order', array['order_id']);
