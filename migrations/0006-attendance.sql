-- attendance: who really was at which post. One band worked at a post is one row, and one row is one deployment.
create table app.attendance_rule (
  agency_id uuid not null references app.agency,
  rule_set integer not null,
  -- Later than so many minutes after the band began is late; earlier than so many before its end is leaving early.
  late_minutes integer not null check (late_minutes between 0 and 120),
  -- So long before the band somebody may check in.
  early_minutes integer not null check (early_minutes between 0 and 240),
  -- So long after the band began, who has not come is told of.
  absent_minutes integer not null check (absent_minutes between 1 and 240),
  -- So near to the post's own place the phone says yes.
  near_metres integer not null check (near_metres between 20 and 2000),
  set_at timestamptz not null,
  primary key (agency_id, rule_set)
);
comment on table app.attendance_rule is 'attendance: versioned settings of check-in; the newest holds';

-- The codes of a post are HMACs under this secret. It says who can show a code, never who anybody is.
create table app.post_code (
  agency_id uuid not null,
  post_id uuid not null,
  secret text not null check (secret ~ '^[0-9a-f]{64}$'),
  issued_at timestamptz not null,
  issued_by uuid,
  primary key (agency_id, post_id),
  foreign key (agency_id, post_id) references app.post
);
comment on table app.post_code is 'attendance: the secret that the turning and the printed code of a post are made of';

-- An assignment is named without a foreign key: it may be published away before its band begins, and who came, came.
create table app.presence (
  agency_id uuid not null,
  presence_id uuid not null,
  operation_id uuid not null,
  officer_id uuid not null,
  post_id uuid not null,
  assignment_id uuid,
  stand_in_id uuid,
  -- The assignment that somebody else should have worked.
  replaces uuid,
  day date not null,
  pattern_id uuid not null,
  band text not null check (length(band) between 1 and 20),
  period tstzrange not null check (not isempty(period)),
  came_at timestamptz not null,
  late_minutes integer not null check (late_minutes >= 0),
  way text not null check (way in ('code', 'printed', 'place', 'leader', 'stay', 'corrected')),
  accuracy text check (accuracy in ('fine', 'fair')),
  recorded_at timestamptz not null,
  recorded_by uuid,
  left_at timestamptz check (left_at >= came_at),
  left_way text check (left_way in ('code', 'printed', 'place', 'leader', 'stay', 'corrected')),
  early_minutes integer not null default 0 check (early_minutes >= 0),
  left_recorded_at timestamptz,
  voided_at timestamptz,
  voided_why text,
  primary key (agency_id, presence_id),
  constraint presence_left_whole check ((left_at is null) = (left_way is null) and (left_at is null) = (left_recorded_at is null)),
  constraint presence_voided_why check ((voided_at is null) = (voided_why is null)),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, officer_id) references app.officer,
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, pattern_id) references app.shift_pattern
);
create unique index presence_once on app.presence (agency_id, officer_id, day, post_id, pattern_id, band)
  where voided_at is null;
create index presence_of_day on app.presence (agency_id, operation_id, day, post_id);
create index presence_by_coming on app.presence (agency_id, came_at);
comment on table app.presence is 'attendance: one band really worked at a post by one officer; the deployment (人次) that is counted';

create table app.stand_in (
  agency_id uuid not null,
  stand_in_id uuid not null,
  operation_id uuid not null,
  officer_id uuid not null,
  post_id uuid not null,
  replaces uuid,
  replaces_officer_id uuid,
  day date not null,
  pattern_id uuid not null,
  band text not null check (length(band) between 1 and 20),
  period tstzrange not null check (not isempty(period)),
  ordered_at timestamptz not null,
  ordered_by uuid,
  cancelled_at timestamptz,
  primary key (agency_id, stand_in_id),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, officer_id) references app.officer,
  foreign key (agency_id, replaces_officer_id) references app.officer,
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, pattern_id) references app.shift_pattern
);
create index stand_in_of_day on app.stand_in (agency_id, operation_id, day, post_id);
create index stand_in_of_officer on app.stand_in (agency_id, officer_id, day);
comment on table app.stand_in is 'attendance: who was ordered to a band on the spot, and whose place he takes';

-- Why somebody is not there stands nowhere: illness is in the availability of people, and its reason is sealed there.
create table app.absence (
  agency_id uuid not null,
  absence_id uuid not null,
  operation_id uuid not null,
  officer_id uuid not null,
  post_id uuid not null,
  assignment_id uuid,
  day date not null,
  pattern_id uuid not null,
  band text not null check (length(band) between 1 and 20),
  period tstzrange not null check (not isempty(period)),
  kind text not null check (kind in ('noShow', 'unavailable')),
  declared_at timestamptz not null,
  declared_by uuid,
  -- He came after all, or it was withdrawn.
  ended_at timestamptz,
  primary key (agency_id, absence_id),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, officer_id) references app.officer,
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, pattern_id) references app.shift_pattern
);
create unique index absence_once on app.absence (agency_id, officer_id, day, post_id, pattern_id, band)
  where ended_at is null;
create index absence_of_day on app.absence (agency_id, operation_id, day, post_id);
comment on table app.absence is 'attendance: somebody did not come to a band; declared by a leader, without a reason';

select sys.protect('attendance_rule', array['rule_set']);
select sys.protect('post_code', array['post_id']);
select sys.protect('presence', array['presence_id']);
select sys.protect('stand_in', array['stand_in_id']);
select sys.protect('absence', array['absence_id']);
