-- roster: drafts and adopted plans as a matrix; the published roster as rows that cannot overlap.
create table app.roster_plan (
  agency_id uuid not null,
  plan_id uuid not null,
  operation_id uuid not null,
  name text not null default '',
  from_day date not null,
  until_day date not null check (until_day >= from_day),
  state text not null check (state in ('draft', 'adopted', 'published', 'superseded', 'discarded')),
  -- {"officers": [id], "posts": [id], "cells": "base64 of the packed matrix"}; see modules/roster/README.md
  matrix jsonb not null,
  open jsonb not null default '[]',
  solver jsonb not null default '{}',
  revision integer not null default 1,
  based_on integer,
  adopted_at timestamptz,
  adopted_by uuid,
  primary key (agency_id, plan_id),
  foreign key (agency_id, operation_id) references app.operation
);
create index roster_plan_of_operation on app.roster_plan (agency_id, operation_id, from_day);
comment on table app.roster_plan is 'roster: a drafted, adopted or published plan as a compact matrix';

create table app.roster_version (
  agency_id uuid not null,
  operation_id uuid not null,
  version integer not null,
  plan_id uuid not null,
  from_day date not null,
  until_day date not null,
  published_at timestamptz not null,
  published_by uuid,
  assignments integer not null,
  added integer not null,
  removed integer not null,
  primary key (agency_id, operation_id, version),
  foreign key (agency_id, plan_id) references app.roster_plan
);
comment on table app.roster_version is 'roster: each publication, with how it differs from the last';

-- One row per officer and duty: one band, or two adjoining bands of one duty day at one post.
create table app.assignment (
  agency_id uuid not null,
  assignment_id uuid not null,
  operation_id uuid not null,
  officer_id uuid not null,
  post_id uuid not null,
  day date not null,
  pattern_id uuid not null,
  bands text[] not null check (cardinality(bands) between 1 and 2),
  period tstzrange not null check (not isempty(period)),
  skill text,
  version integer not null,
  primary key (agency_id, assignment_id),
  constraint assignment_no_overlap unique (agency_id, officer_id, period without overlaps),
  constraint assignment_length check (upper(period) - lower(period) <= interval '24 hours'),
  foreign key (agency_id, officer_id) references app.officer,
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, pattern_id) references app.shift_pattern
);
create index assignment_by_day on app.assignment (agency_id, operation_id, day, post_id);
create index assignment_by_officer on app.assignment (agency_id, officer_id, day);
create index assignment_by_start on app.assignment (agency_id, lower(period));
comment on table app.assignment is 'roster: the published roster; nobody is at two posts at once';

create table app.acknowledgement (
  agency_id uuid not null,
  officer_id uuid not null,
  operation_id uuid not null,
  version integer not null,
  at timestamptz not null,
  primary key (agency_id, operation_id, version, officer_id),
  foreign key (agency_id, officer_id) references app.officer
);
comment on table app.acknowledgement is 'roster: an officer has seen a published version';

create table app.rest_rule (
  agency_id uuid not null references app.agency,
  rule_set integer not null,
  rules jsonb not null,
  begins_on date not null,
  primary key (agency_id, rule_set)
);
comment on table app.rest_rule is 'roster: versioned rules of rest';

select sys.protect('roster_plan', array['plan_id']);
select sys.protect('roster_version', array['operation_id', 'version']);
select sys.protect('assignment', array['assignment_id']);
select sys.protect('acknowledgement', array['operation_id', 'version', 'officer_id']);
select sys.protect('rest_rule', array['rule_set']);

-- Jobs: a command's follow-up enters the queue in the command's own transaction. The queue's schema belongs to the
-- role of the jobs; its payload is the agency and the command, and it re-enters through the kernel.
create function sys.enqueue(in_hook text, in_agency uuid, in_command uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_job('follow-up',
    json_build_object('hook', in_hook, 'agency', in_agency, 'command', in_command),
    job_key := in_hook || ':' || in_command);
end $$;
revoke all on function sys.enqueue(text, uuid, uuid) from public;
grant execute on function sys.enqueue(text, uuid, uuid) to fangxian_app;
