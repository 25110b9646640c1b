-- roster: what-ifs (推演) that planners keep: what was supposed, and what came of it.

create table app.what_if (
  agency_id uuid not null,
  what_if_id uuid not null,
  operation_id uuid not null,
  name text not null check (length(name) between 1 and 60),
  from_day date not null,
  until_day date not null,
  suppositions jsonb not null,
  -- Figures only, by day, band and skill: nobody is named in it.
  result jsonb not null,
  -- Digest of the demand that it was worked out for, and when that was read.
  demand_mark text not null,
  made_at timestamptz not null,
  revision integer not null check (revision >= 1),
  saved_at timestamptz not null,
  saved_by uuid,
  primary key (agency_id, what_if_id),
  constraint what_if_name_key unique (agency_id, operation_id, name),
  foreign key (agency_id, operation_id) references app.operation,
  check (from_day <= until_day)
);
comment on table app.what_if is 'roster: a saved what-if: suppositions, and the figures that came of them';

select sys.protect('what_if', array['what_if_id']);
