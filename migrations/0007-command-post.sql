-- commandpost: what happened, what is wrong at the front, what was ordered; and the bytes of enclosures.

-- Photos and documents stand outside the books, which are never edited: docs/decisions/0005-attachments.md. A row is
-- sealed under a key of its own (key_id in sys.seal_key) and found by the digest of the sealed bytes. A command names
-- the digest and so holds the row; what nobody holds is swept.
create table sys.enclosure (
  agency_id uuid not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  key_id uuid not null,
  content_type text not null check (content_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  size_bytes integer not null check (size_bytes > 0),
  -- Null once destroyed.
  bytes bytea,
  stored_at timestamptz not null,
  stored_by uuid,
  held_at timestamptz,
  destroyed_at timestamptz,
  primary key (agency_id, digest)
);
create index enclosure_waiting on sys.enclosure (agency_id, stored_by, stored_at) where held_at is null;

-- The agency is the session's and never an argument: nobody reaches another bureau's bytes by a digest he knows.
-- False where this account has too many that no command has named yet.
create function sys.keep_enclosure(in_digest text, in_key uuid, in_type text, in_size integer, in_bytes bytea,
  in_by uuid, in_at timestamptz, in_waiting_most integer) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
  agency constant uuid := nullif(current_setting('app.agency_id', true), '')::uuid;
begin
  if (select count(*) from sys.enclosure e where e.agency_id = agency and e.stored_by is not distinct from in_by
      and e.held_at is null) >= in_waiting_most then
    return false;
  end if;
  insert into sys.enclosure values (agency, in_digest, in_key, in_type, in_size, in_bytes, in_at, in_by, null, null);
  return true;
end $$;

create function sys.enclosures(in_digests text[])
returns table (digest text, content_type text, size_bytes integer, stored_by uuid, destroyed boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select e.digest, e.content_type, e.size_bytes, e.stored_by, e.destroyed_at is not null from sys.enclosure e
  where e.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid and e.digest = any (in_digests)
  order by e.digest
$$;

create function sys.enclosure_bytes(in_digest text) returns table (key_id uuid, content_type text, bytes bytea)
language sql stable security definer set search_path = pg_catalog as $$
  select e.key_id, e.content_type, e.bytes from sys.enclosure e
  where e.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid and e.digest = in_digest
    and e.bytes is not null
$$;

create function sys.hold_enclosures(in_digests text[], in_at timestamptz) returns void
language sql security definer set search_path = pg_catalog as $$
  update sys.enclosure e set held_at = in_at
  where e.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid and e.digest = any (in_digests)
    and e.held_at is null
$$;

-- Erasing is destroying the key, here as everywhere: restore keeps destroyed keys destroyed. The bytes go too.
create function sys.destroy_enclosure(in_digest text, in_at timestamptz) returns void
language sql security definer set search_path = pg_catalog as $$
  with gone as (
    update sys.enclosure e set bytes = null, destroyed_at = in_at
    where e.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid and e.digest = in_digest
      and e.destroyed_at is null
    returning e.agency_id, e.key_id
  )
  update sys.seal_key k set wrapped = null, destroyed_at = in_at from gone
  where k.agency_id = gone.agency_id and k.owner_id = gone.key_id and k.destroyed_at is null
$$;

-- What was brought and never named by a command, with its keys.
create function sys.sweep_enclosures(in_before timestamptz) returns void
language sql security definer set search_path = pg_catalog as $$
  with gone as (
    delete from sys.enclosure e
    where e.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid and e.held_at is null
      and e.stored_at < in_before
    returning e.agency_id, e.key_id
  )
  delete from sys.seal_key k using gone where k.agency_id = gone.agency_id and k.owner_id = gone.key_id
$$;

create function sys.enclosures_waiting(in_before timestamptz) returns bigint
language sql stable security definer set search_path = pg_catalog as $$
  select count(*) from sys.enclosure e
  where e.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid and e.held_at is null
    and e.stored_at < in_before
$$;

revoke all on function sys.keep_enclosure(text, uuid, text, integer, bytea, uuid, timestamptz, integer),
  sys.enclosures(text[]), sys.enclosure_bytes(text), sys.hold_enclosures(text[], timestamptz),
  sys.destroy_enclosure(text, timestamptz), sys.sweep_enclosures(timestamptz),
  sys.enclosures_waiting(timestamptz) from public;
grant execute on function sys.keep_enclosure(text, uuid, text, integer, bytea, uuid, timestamptz, integer),
  sys.enclosures(text[]), sys.enclosure_bytes(text), sys.hold_enclosures(text[], timestamptz),
  sys.destroy_enclosure(text, timestamptz), sys.sweep_enclosures(timestamptz),
  sys.enclosures_waiting(timestamptz) to fangxian_app;

-- The log is under a policy of units, so whoever sees a part of it could not find its last number in it.
create table app.record_number (
  agency_id uuid not null,
  operation_id uuid not null,
  kind text not null check (kind in ('entry', 'difficulty', 'directive')),
  n integer not null,
  primary key (agency_id, operation_id, kind),
  foreign key (agency_id, operation_id) references app.operation
);
comment on table app.record_number is 'commandpost: last number of each kind of record in an operation';

-- ------------------------------------------------------------------------------------------------- difficulties
-- How long each owner has to answer before the difficulty goes up, by urgency. Absent: the defaults of the module.
create table app.escalation_clock (
  agency_id uuid not null references app.agency,
  urgency text not null check (urgency in ('urgent', 'soon', 'ordinary')),
  unit_minutes integer not null check (unit_minutes between 1 and 10080),
  duty_officer_minutes integer not null check (duty_officer_minutes between 1 and 10080),
  duty_leader_minutes integer not null check (duty_leader_minutes between 1 and 10080),
  primary key (agency_id, urgency)
);
comment on table app.escalation_clock is 'commandpost: minutes that each owner of a difficulty has, by urgency';

create table app.difficulty (
  agency_id uuid not null,
  difficulty_id uuid not null,
  operation_id uuid not null,
  n integer not null,
  post_id uuid not null,
  unit_id uuid not null,
  kind text not null check (kind in ('people', 'supplies', 'equipment', 'living', 'order', 'other')),
  urgency text not null check (urgency in ('urgent', 'soon', 'ordinary')),
  text text not null,
  raised_at timestamptz not null,
  raised_by uuid,
  raised_officer_id uuid,
  state text not null check (state in ('raised', 'working', 'solved', 'closed', 'merged')),
  owner text not null check (owner in ('unit', 'dutyOfficer', 'dutyLeader')),
  -- When it goes up unless somebody has acted; null while it waits for the post's word, and at the end.
  due_at timestamptz,
  solved_at timestamptz,
  solved_by uuid,
  closed_at timestamptz,
  closed_by uuid,
  merged_into uuid,
  reopened integer not null default 0,
  primary key (agency_id, difficulty_id),
  constraint difficulty_number_key unique (agency_id, operation_id, n),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, unit_id) references app.unit,
  foreign key (agency_id, merged_into) references app.difficulty
);
create index difficulty_open on app.difficulty (agency_id, due_at) where state in ('raised', 'working');
create index difficulty_by_time on app.difficulty (agency_id, operation_id, raised_at);
create index difficulty_of_post on app.difficulty (agency_id, post_id);
comment on table app.difficulty is 'commandpost: something that a post cannot solve alone, owned by somebody until the post says it is solved';

create table app.difficulty_step (
  agency_id uuid not null,
  difficulty_id uuid not null,
  n integer not null,
  kind text not null check (kind in ('raised', 'answered', 'escalated', 'solved', 'closed', 'reopened', 'merged', 'took')),
  at timestamptz not null,
  by_account uuid,
  text text not null default '',
  owner text not null check (owner in ('unit', 'dutyOfficer', 'dutyLeader')),
  primary key (agency_id, difficulty_id, n),
  foreign key (agency_id, difficulty_id) references app.difficulty
);
comment on table app.difficulty_step is 'commandpost: what was said and done about a difficulty';

-- --------------------------------------------------------------------------------------------------- directives
create table app.directive (
  agency_id uuid not null,
  directive_id uuid not null,
  operation_id uuid not null,
  n integer not null,
  number text not null check (length(number) between 1 and 60),
  source text not null check (source in ('above', 'own')),
  from_whom text not null,
  title text not null check (length(title) between 1 and 100),
  text text not null,
  -- Null: the command post itself.
  issuer_unit_id uuid,
  issued_by uuid,
  issued_at timestamptz not null,
  due_at timestamptz not null,
  parent_id uuid,
  parent_addressee_id uuid,
  state text not null default 'open' check (state in ('open', 'completed', 'withdrawn')),
  completed_at timestamptz,
  primary key (agency_id, directive_id),
  constraint directive_due check (due_at > issued_at),
  constraint directive_number_key unique (agency_id, operation_id, n),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, issuer_unit_id) references app.unit,
  foreign key (agency_id, parent_id) references app.directive
);
create index directive_by_time on app.directive (agency_id, operation_id, issued_at);
create index directive_of_parent on app.directive (agency_id, parent_id);
comment on table app.directive is 'commandpost: an order from above or our own, with addressees and a due time';

create table app.directive_addressee (
  agency_id uuid not null,
  addressee_id uuid not null,
  directive_id uuid not null,
  unit_id uuid not null,
  post_id uuid,
  -- The direct superior of an addressee more than one level below the issuer, who is told of it.
  informed_unit_id uuid,
  informed_seen_at timestamptz,
  state text not null check (state in ('sent', 'received', 'done', 'completed', 'returned', 'withdrawn')),
  received_at timestamptz,
  received_by uuid,
  done_at timestamptz,
  done_by uuid,
  completed_at timestamptz,
  completed_by uuid,
  chased integer not null default 0,
  chased_at timestamptz,
  supervised text,
  primary key (agency_id, addressee_id),
  constraint directive_addressee_once unique nulls not distinct (agency_id, directive_id, unit_id, post_id),
  foreign key (agency_id, directive_id) references app.directive,
  foreign key (agency_id, unit_id) references app.unit,
  foreign key (agency_id, post_id) references app.post
);
create index directive_addressee_of_unit on app.directive_addressee (agency_id, unit_id);
comment on table app.directive_addressee is 'commandpost: a unit or post that a directive is addressed to, and how far it is';
alter table app.directive add foreign key (agency_id, parent_addressee_id) references app.directive_addressee;

create table app.directive_step (
  agency_id uuid not null,
  directive_id uuid not null,
  n integer not null,
  addressee_id uuid,
  kind text not null check (kind in ('issued', 'informed', 'seen', 'received', 'reported', 'done', 'returned', 'resent',
    'completed', 'sentBack', 'chased', 'supervised', 'passed', 'extended', 'withdrawn')),
  at timestamptz not null,
  by_account uuid,
  text text not null default '',
  primary key (agency_id, directive_id, n),
  foreign key (agency_id, directive_id) references app.directive,
  foreign key (agency_id, addressee_id) references app.directive_addressee
);
comment on table app.directive_step is 'commandpost: what was done about a directive, by whom and when';

-- ------------------------------------------------------------------------------------------------------ duty log
create table app.duty_entry (
  agency_id uuid not null,
  entry_id uuid not null,
  operation_id uuid not null,
  n integer not null,
  kind text not null check (kind in ('call', 'order', 'report', 'incident', 'visit', 'handOver', 'note', 'change', 'alert')),
  happened_at timestamptz not null,
  entered_at timestamptz not null,
  text text not null check (length(text) between 1 and 2000),
  -- Of entries that the system makes; people write in their own language.
  text_en text,
  -- Null: the system.
  author_id uuid,
  unit_id uuid,
  post_id uuid,
  zone_id uuid,
  officer_id uuid,
  directive_id uuid,
  difficulty_id uuid,
  pinned boolean not null default false,
  corrects uuid,
  primary key (agency_id, entry_id),
  constraint duty_entry_number_key unique (agency_id, operation_id, n),
  constraint duty_entry_corrected_once unique (agency_id, corrects),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, unit_id) references app.unit,
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, zone_id) references app.zone,
  foreign key (agency_id, officer_id) references app.officer,
  foreign key (agency_id, directive_id) references app.directive,
  foreign key (agency_id, difficulty_id) references app.difficulty,
  foreign key (agency_id, corrects) references app.duty_entry
);
create index duty_entry_by_time on app.duty_entry (agency_id, operation_id, happened_at desc);
comment on table app.duty_entry is 'commandpost: what happened at the command post; never edited, only corrected by a further entry';

create table app.enclosure (
  agency_id uuid not null,
  enclosure_id uuid not null,
  holder text not null check (holder in ('entry', 'difficulty', 'directive')),
  holder_id uuid not null,
  -- The step of a difficulty or directive that it came with; null: with the record itself.
  step integer,
  digest text not null,
  content_type text not null,
  size_bytes integer not null,
  name text not null check (length(name) between 1 and 120),
  added_at timestamptz not null,
  added_by uuid,
  removed_at timestamptz,
  removed_by uuid,
  removed_why text,
  primary key (agency_id, enclosure_id)
);
create index enclosure_of_holder on app.enclosure (agency_id, holder_id);
create index enclosure_of_digest on app.enclosure (agency_id, digest);
comment on table app.enclosure is 'commandpost: a photo or document joined to a record; its bytes stand in sys, found by their digest';

select sys.protect('record_number', array['operation_id', 'kind']);
select sys.protect('escalation_clock', array['urgency']);
select sys.protect('difficulty', array['difficulty_id']);
select sys.protect('difficulty_step', array['difficulty_id', 'n']);
select sys.protect('directive', array['directive_id']);
select sys.protect('directive_addressee', array['addressee_id']);
select sys.protect('directive_step', array['directive_id', 'n']);
select sys.protect('duty_entry', array['entry_id'], 'unit_id');
select sys.protect('enclosure', array['enclosure_id']);
