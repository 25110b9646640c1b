-- subjects: members of the public, by a bare id; who they are stands sealed under a key of their own, and what finds
-- them again outside the books.

-- The pair of keys to which phones seal (decision 0010); the private one is wrapped by the master key.
create table sys.box_key (
  agency_id uuid primary key,
  public_key text not null,
  wrapped text not null,
  made_at timestamptz not null
);
create function sys.box_key_of(in_agency uuid) returns table (public_key text, wrapped text)
language sql stable security definer set search_path = pg_catalog as $$
  select k.public_key, k.wrapped from sys.box_key k where k.agency_id = in_agency
$$;
create function sys.add_box_key(in_agency uuid, in_public text, in_wrapped text, in_at timestamptz) returns void
language sql security definer set search_path = pg_catalog as $$
  insert into sys.box_key values (in_agency, in_public, in_wrapped, in_at) on conflict do nothing
$$;

-- Keyed hashes of what identifies somebody. They stand outside the books, which are never edited: a hash that stayed
-- in them would still say, to whoever has the master key, that this very person had been here.
create table sys.subject_mark (
  agency_id uuid not null,
  mark text not null check (mark ~ '^[A-Za-z0-9_-]{43}$'),
  mark_id uuid not null,
  subject_id uuid not null,
  subject_kind text not null,
  kind text not null,
  made_at timestamptz not null,
  primary key (agency_id, mark)
);
create index subject_mark_of on sys.subject_mark (agency_id, subject_id, kind);

-- The agency is the session's and never an argument. Marks of whoever was erased are not there, also where a backup
-- brought them back.
create function sys.subject_marks(in_marks text[])
returns table (mark text, mark_id uuid, subject_id uuid, subject_kind text, id_mark text)
language sql stable security definer set search_path = pg_catalog as $$
  select m.mark, m.mark_id, m.subject_id, m.subject_kind, (select i.mark from sys.subject_mark i where i.agency_id = m.agency_id
    and i.subject_id = m.subject_id and i.kind = 'idNumber' order by i.mark limit 1)
  from sys.subject_mark m
  where m.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid and m.mark = any (in_marks)
    and not exists (select 1 from sys.seal_key k where k.agency_id = m.agency_id and k.owner_id = m.subject_id
      and k.destroyed_at is not null)
  order by m.mark
$$;
-- Takes those that nobody has, for subjects that are not erased.
create function sys.claim_subject_marks(in_marks text[], in_ids uuid[], in_subjects uuid[],
  in_subject_kinds text[], in_kinds text[], in_at timestamptz) returns void
language sql security definer set search_path = pg_catalog as $$
  insert into sys.subject_mark
  select nullif(current_setting('app.agency_id', true), '')::uuid, c.mark, c.id, c.subject, c.subject_kind,
    c.kind, in_at
  from unnest(in_marks, in_ids, in_subjects, in_subject_kinds, in_kinds) as c (mark, id, subject, subject_kind, kind)
  where not exists (select 1 from sys.seal_key k
    where k.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid and k.owner_id = c.subject
      and k.destroyed_at is not null)
  order by c.mark
  on conflict (agency_id, mark) do nothing
$$;
-- Erasing: the keys are destroyed, or their absence is kept where there was none, and the marks go.
create function sys.forget_subjects(in_subjects uuid[], in_at timestamptz) returns void
language sql security definer set search_path = pg_catalog as $$
  delete from sys.subject_mark m
  where m.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid and m.subject_id = any (in_subjects);
  insert into sys.seal_key as k
  select nullif(current_setting('app.agency_id', true), '')::uuid, s, null, in_at, in_at
  from (select distinct unnest(in_subjects)) as d (s)
  on conflict (agency_id, owner_id) do update set wrapped = null, destroyed_at = in_at where k.destroyed_at is null;
$$;

revoke all on function sys.box_key_of(uuid), sys.add_box_key(uuid, text, text, timestamptz), sys.subject_marks(text[]),
  sys.claim_subject_marks(text[], uuid[], uuid[], text[], text[], timestamptz),
  sys.forget_subjects(uuid[], timestamptz)
  from public;
grant execute on function sys.box_key_of(uuid), sys.add_box_key(uuid, text, text, timestamptz),
  sys.subject_marks(text[]), sys.claim_subject_marks(text[], uuid[], uuid[], text[], text[], timestamptz),
  sys.forget_subjects(uuid[], timestamptz)
  to fangxian_app;

-- Who looked at whom, and for which case.
alter table app.opening add column subject_id uuid;
alter table app.opening add column case_ref text check (length(case_ref) between 2 and 60);
create index opening_of_subject on app.opening (agency_id, subject_id, at desc) where subject_id is not null;

create table app.subject (
  agency_id uuid not null,
  subject_id uuid not null,
  kind text not null check (kind in ('person', 'vehicle')),
  made_at timestamptz not null,
  -- Duty day on which a fact last spoke of it.
  last_seen_on date not null,
  erased_at timestamptz,
  primary key (agency_id, subject_id)
);
create index subject_by_day on app.subject (agency_id, last_seen_on) where erased_at is null;
comment on table app.subject is 'subjects: a member of the public or a vehicle that records are about, by a bare id';

create table app.subject_value (
  agency_id uuid not null,
  value_id uuid not null,
  subject_id uuid not null,
  kind text not null check (kind in ('healthCode', 'plate', 'permit', 'name', 'idNumber', 'phone')),
  value app.sealed_text not null,
  noted_at timestamptz not null,
  primary key (agency_id, value_id),
  foreign key (agency_id, subject_id) references app.subject
);
create index subject_value_of on app.subject_value (agency_id, subject_id);
comment on table app.subject_value is 'subjects: what is known of one, sealed under its own key';

create table app.subject_link (
  agency_id uuid not null,
  subject_id uuid not null,
  other_id uuid not null,
  kind text not null check (kind in ('together', 'sharedMark')),
  -- The first fact that showed it.
  fact_id uuid not null,
  made_at timestamptz not null,
  primary key (agency_id, subject_id, other_id, kind),
  foreign key (agency_id, subject_id) references app.subject,
  foreign key (agency_id, other_id) references app.subject (agency_id, subject_id)
);
create index subject_link_back on app.subject_link (agency_id, other_id);
comment on table app.subject_link is 'subjects: two that came in one fact and were not made one';

create table app.subject_box (
  agency_id uuid not null,
  fact_id uuid not null,
  n integer not null,
  kind text not null check (kind in ('healthCode', 'plate', 'permit', 'name', 'idNumber', 'phone')),
  box text not null check (length(box) <= 1000),
  noted_at timestamptz not null,
  dismissed_at timestamptz,
  dismissed_by uuid,
  dismissed_why text,
  primary key (agency_id, fact_id, n)
);
create index subject_box_open on app.subject_box (agency_id, noted_at) where dismissed_at is null;
comment on table app.subject_box is 'subjects: boxes that could not be opened, kept as they came';

create table app.subject_erasure (
  agency_id uuid not null,
  erasure_id uuid not null,
  subject_id uuid not null,
  reason text not null,
  proposed_at timestamptz not null,
  -- Null: by the clock, because no fact spoke of it any more.
  proposed_by uuid,
  decided_at timestamptz,
  decided_by uuid,
  decision text check (decision in ('erased', 'kept')),
  decided_why text not null default '',
  primary key (agency_id, erasure_id),
  foreign key (agency_id, subject_id) references app.subject,
  check ((decided_at is null) = (decision is null))
);
create unique index subject_erasure_once on app.subject_erasure (agency_id, subject_id) where decided_at is null;
comment on table app.subject_erasure is 'subjects: proposals to erase, and what another person decided';

select sys.protect('subject', array['subject_id']);
select sys.protect('subject_value', array['value_id']);
select sys.protect('subject_link', array['subject_id', 'other_id', 'kind']);
select sys.protect('subject_box', array['fact_id', 'n']);
select sys.protect('subject_erasure', array['erasure_id']);
