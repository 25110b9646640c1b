-- operations: what the force is mobilised for, and at which level.
create table app.operation (
  agency_id uuid not null references app.agency,
  operation_id uuid not null,
  name text not null check (length(name) between 1 and 80),
  begins_on date not null,
  ends_on date check (ends_on >= begins_on),
  state text not null default 'running' check (state in ('planned', 'running', 'ended')),
  primary key (agency_id, operation_id)
);
comment on table app.operation is 'operations: one mobilisation with a start and an end';

create table app.duty_level (
  agency_id uuid not null,
  level_id uuid not null,
  operation_id uuid not null,
  level integer not null check (level between 1 and 3),
  scope_unit_id uuid,
  scope_text text not null,
  reason text not null,
  order_number text not null,
  ordered_by text not null,
  begins_at timestamptz not null,
  falls_back_at timestamptz not null check (falls_back_at > begins_at),
  falls_back_to integer not null check (falls_back_to between 1 and 3),
  ended_at timestamptz,
  primary key (agency_id, level_id),
  foreign key (agency_id, operation_id) references app.operation
);
create index duty_level_of_operation on app.duty_level (agency_id, operation_id, begins_at);
comment on table app.duty_level is 'operations: a level of duty with scope, reason and the time it falls back';

-- people: units, officers, partners, what they can do and when they are there.
create table app.unit (
  agency_id uuid not null references app.agency,
  unit_id uuid not null,
  parent_id uuid,
  name text not null check (length(name) between 1 and 80),
  short_name text not null check (length(short_name) between 1 and 20),
  kind text not null check (kind in ('bureau', 'office', 'brigade', 'squad', 'station', 'detention', 'other')),
  sort integer not null default 0,
  lendable boolean not null default true,
  lng double precision,
  lat double precision,
  active boolean not null default true,
  primary key (agency_id, unit_id),
  constraint unit_name_key unique (agency_id, name),
  foreign key (agency_id, parent_id) references app.unit
);
comment on table app.unit is 'people: the tree of departments and stations';

create table app.officer (
  agency_id uuid not null,
  officer_id uuid not null,
  badge text not null,
  name text not null check (length(name) between 1 and 60),
  name_sort text not null,
  kind text not null check (kind in ('police', 'auxiliary', 'civilian', 'attached')),
  sex text not null default 'unknown' check (sex in ('male', 'female', 'unknown')),
  unit_id uuid not null,
  title text not null default '',
  phone app.sealed_text,
  home_agency text,
  begins_on date,
  ends_on date check (ends_on >= begins_on),
  active boolean not null default true,
  primary key (agency_id, officer_id),
  constraint officer_badge_key unique (agency_id, badge),
  constraint officer_attached_has_home check (kind <> 'attached' or home_agency is not null),
  foreign key (agency_id, unit_id) references app.unit
);
create index officer_by_unit on app.officer (agency_id, unit_id);
create index officer_by_name on app.officer (agency_id, name_sort, officer_id);
create index officer_name_search on app.officer using gin ((name || ' ' || badge || ' ' || name_sort) gin_trgm_ops);
comment on table app.officer is 'people: a member of staff who can be assigned';

create table app.officer_skill (
  agency_id uuid not null,
  officer_id uuid not null,
  skill text not null check (length(skill) between 1 and 30),
  valid_from date,
  valid_until date check (valid_until >= valid_from),
  primary key (agency_id, officer_id, skill),
  foreign key (agency_id, officer_id) references app.officer
);
comment on table app.officer_skill is 'people: a skill that a post can demand, with its validity';

create table app.availability (
  agency_id uuid not null,
  availability_id uuid not null,
  officer_id uuid not null,
  state text not null check (state in ('unavailable', 'limited')),
  no_nights boolean not null default false,
  begins_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > begins_at),
  reason app.sealed_text,
  withdrawn boolean not null default false,
  primary key (agency_id, availability_id),
  foreign key (agency_id, officer_id) references app.officer
);
create index availability_of_officer on app.availability (agency_id, officer_id, ends_at);
comment on table app.availability is 'people: unavailable or limited, from and until; the reason is sealed';

create table app.secondment (
  agency_id uuid not null,
  secondment_id uuid not null,
  officer_id uuid not null,
  to_whom text not null check (length(to_whom) between 1 and 80),
  begins_on date not null,
  ends_on date not null check (ends_on >= begins_on),
  withdrawn boolean not null default false,
  primary key (agency_id, secondment_id),
  foreign key (agency_id, officer_id) references app.officer
);
create index secondment_of_officer on app.secondment (agency_id, officer_id);
comment on table app.secondment is 'people: an officer sent out to a community or another agency';

create table app.partner (
  agency_id uuid not null,
  partner_id uuid not null,
  name text not null check (length(name) between 1 and 60),
  kind text not null check (kind in ('health', 'community', 'volunteer', 'enterprise')),
  organisation text not null check (length(organisation) between 1 and 80),
  phone app.sealed_text,
  active boolean not null default true,
  primary key (agency_id, partner_id),
  foreign key (agency_id) references app.agency
);
comment on table app.partner is 'people: somebody of another organisation at a post; never counted as an officer';

create table app.team (
  agency_id uuid not null,
  team_id uuid not null,
  name text not null check (length(name) between 1 and 60),
  kind text not null check (kind in ('commando', 'branch', 'pioneerPost', 'volunteer', 'closedLoop', 'task')),
  leader_id uuid,
  begins_on date not null,
  ends_on date check (ends_on >= begins_on),
  primary key (agency_id, team_id),
  constraint team_name_key unique (agency_id, name),
  foreign key (agency_id, leader_id) references app.officer
);
comment on table app.team is 'people: officers grouped for the operation across units';

create table app.team_member (
  agency_id uuid not null,
  team_id uuid not null,
  officer_id uuid not null,
  begins_on date not null,
  ends_on date check (ends_on >= begins_on),
  primary key (agency_id, team_id, officer_id, begins_on),
  foreign key (agency_id, team_id) references app.team,
  foreign key (agency_id, officer_id) references app.officer
);
create index team_of_officer on app.team_member (agency_id, officer_id);
comment on table app.team_member is 'people: who belongs to a team, from and until';

create table app.import_mapping (
  agency_id uuid not null references app.agency,
  signature text not null,
  subject text not null,
  mapping jsonb not null,
  primary key (agency_id, subject, signature)
);
comment on table app.import_mapping is 'people: how the columns of a source were mapped last time';

select sys.protect('operation', array['operation_id']);
select sys.protect('duty_level', array['level_id']);
select sys.protect('unit', array['unit_id']);
select sys.protect('officer', array['officer_id'], 'unit_id');
select sys.protect('officer_skill', array['officer_id', 'skill']);
select sys.protect('availability', array['availability_id']);
select sys.protect('secondment', array['secondment_id']);
select sys.protect('partner', array['partner_id']);
select sys.protect('team', array['team_id']);
select sys.protect('team_member', array['team_id', 'officer_id', 'begins_on']);
select sys.protect('import_mapping', array['subject', 'signature']);

alter table app.account add foreign key (agency_id, scope_unit_id) references app.unit;
alter table app.account add foreign key (agency_id, officer_id) references app.officer;

-- A session with everything the kernel needs to know of its account: roles, and the units below its scope.
create function sys.open_session(in_hash bytea, in_at timestamptz)
returns table (session_id uuid, agency_id uuid, account_id uuid, officer_id uuid, name text, badge text, roles text[],
  unit_ids uuid[], agency_wide boolean, must_change boolean)
language plpgsql security definer set search_path = pg_catalog as $$
begin
  return query
  with recursive found as (
    select s.session_id, a.agency_id, a.account_id, a.officer_id, a.name, a.badge, a.roles, a.scope_unit_id
    from sys.session s join app.account a on a.agency_id = s.agency_id and a.account_id = s.account_id
    where s.token_hash = in_hash and s.expires_at > in_at and a.active
  ), below as (
    select u.agency_id, u.unit_id from app.unit u join found f on f.agency_id = u.agency_id and f.scope_unit_id = u.unit_id
    union
    select u.agency_id, u.unit_id from app.unit u join below b on b.agency_id = u.agency_id and b.unit_id = u.parent_id
  )
  select f.session_id, f.agency_id, f.account_id, f.officer_id, f.name, f.badge, f.roles,
    array(select b.unit_id from below b order by 1), f.scope_unit_id is null, coalesce(c.must_change, true)
  from found f left join sys.credential c on c.agency_id = f.agency_id and c.account_id = f.account_id;
  update sys.session s set seen_at = in_at where s.token_hash = in_hash and s.seen_at < in_at - interval '1 minute';
end $$;

-- LIKE is not leakproof, so a trigram index is not used under a policy; search goes through this one scoped function.
create function sys.search_officers(in_text text, in_most integer) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select o.officer_id from app.officer o
  where o.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid
    and case current_setting('app.unit_ids', true) when '*' then true
        else o.unit_id = any (nullif(current_setting('app.unit_ids', true), '')::uuid[]) end
    and (o.name || ' ' || o.badge || ' ' || o.name_sort) like '%' || replace(replace(replace(in_text, '\', '\\'), '%', '\%'), '_', '\_') || '%'
  order by o.name_sort, o.officer_id limit in_most
$$;
revoke all on function sys.open_session(bytea, timestamptz), sys.search_officers(text, integer) from public;
grant execute on function sys.open_session(bytea, timestamptz), sys.search_officers(text, integer) to fangxian_app;
