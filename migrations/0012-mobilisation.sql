-- Mobilisation: officers called back, who visited the posts, and meetings of the command post.

alter table app.record_number drop constraint record_number_kind_check;
alter table app.record_number add constraint record_number_kind_check
  check (kind in ('entry', 'difficulty', 'directive', 'recall', 'visit', 'meeting'));
alter table app.enclosure drop constraint enclosure_holder_check;
alter table app.enclosure add constraint enclosure_holder_check
  check (holder in ('entry', 'difficulty', 'directive', 'visit', 'meeting'));

-- ----------------------------------------------------------------------------------------------------- recall
create table app.recall (
  agency_id uuid not null,
  recall_id uuid not null,
  operation_id uuid not null,
  n integer not null,
  reason text not null check (length(reason) between 1 and 500),
  ordered_by text not null check (length(ordered_by) between 1 and 60),
  -- Where to report. Both null: everybody at his own unit.
  report_unit_id uuid,
  report_post_id uuid,
  report_by timestamptz not null,
  -- Who has not answered for so long is chased.
  answer_minutes integer not null check (answer_minutes between 1 and 1440),
  -- Of each unit's officers so many are to be in; 100 is everybody.
  share_percent integer not null check (share_percent between 1 and 100),
  -- The duty level that it came with, and falls back with.
  level_id uuid,
  ordered_at timestamptz not null,
  ordered_account uuid,
  state text not null default 'open' check (state in ('open', 'closed')),
  closed_at timestamptz,
  closed_account uuid,
  closed_how text check (closed_how in ('order', 'complete', 'level')),
  closed_why text,
  primary key (agency_id, recall_id),
  constraint recall_number_key unique (agency_id, operation_id, n),
  constraint recall_due check (report_by > ordered_at),
  constraint recall_one_place check (report_unit_id is null or report_post_id is null),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, report_unit_id) references app.unit,
  foreign key (agency_id, report_post_id) references app.post,
  foreign key (agency_id, level_id) references app.duty_level
);
create index recall_open on app.recall (agency_id, report_by) where state = 'open';
comment on table app.recall is 'commandpost: an order that calls officers back, where to report and by when';

create table app.recall_officer (
  agency_id uuid not null,
  recall_id uuid not null,
  officer_id uuid not null,
  -- The unit at the time of the call: a transfer afterwards moves nobody from one list to another.
  unit_id uuid not null,
  state text not null check (state in ('called', 'coming', 'asked', 'exempt', 'arrived', 'onDuty')),
  -- Where he stood on duty when he was called; such a one counts as in.
  duty_post_id uuid,
  -- On leave or limited at the time, and seconded out but called by name.
  away boolean not null default false,
  seconded boolean not null default false,
  called_at timestamptz not null,
  reached_at timestamptz,
  -- Attempts by telephone that did not reach him.
  tries integer not null default 0,
  eta timestamptz,
  leave_ended boolean not null default false,
  exempt_class text check (exempt_class in ('otherDuty', 'farAway', 'personal')),
  exempt_until timestamptz,
  exempt_account uuid,
  arrived_at timestamptz,
  arrived_account uuid,
  arrived_how text check (arrived_how in ('self', 'roll')),
  primary key (agency_id, recall_id, officer_id),
  foreign key (agency_id, recall_id) references app.recall,
  foreign key (agency_id, officer_id) references app.officer,
  foreign key (agency_id, unit_id) references app.unit,
  foreign key (agency_id, duty_post_id) references app.post
);
create index recall_officer_of_officer on app.recall_officer (agency_id, officer_id);
create index recall_officer_by_call on app.recall_officer (agency_id, called_at);
create index recall_officer_by_arrival on app.recall_officer (agency_id, arrived_at);
comment on table app.recall_officer is 'commandpost: an officer who was called back, what he answered and when he came';

create table app.recall_step (
  agency_id uuid not null,
  recall_id uuid not null,
  officer_id uuid not null,
  n integer not null,
  kind text not null check (kind in ('coming', 'asked', 'notReached', 'exempted', 'exemptionRefused',
    'arrived', 'arrivalStruck')),
  at timestamptz not null,
  by_account uuid,
  -- When somebody telephoned; null where the officer answered himself.
  phoned_at timestamptz,
  text text not null default '',
  primary key (agency_id, recall_id, officer_id, n),
  foreign key (agency_id, recall_id, officer_id) references app.recall_officer
);
comment on table app.recall_step is 'commandpost: what was said and done about an officer who was called back';

-- ----------------------------------------------------------------------------------------------------- visits
create table app.visit (
  agency_id uuid not null,
  visit_id uuid not null,
  operation_id uuid not null,
  n integer not null,
  kind text not null check (kind in ('superior', 'leader', 'care')),
  visitor text not null check (length(visitor) between 1 and 100),
  visited_at timestamptz not null,
  post_id uuid not null,
  unit_id uuid not null,
  found text not null default '',
  recorded_at timestamptz not null,
  recorded_by uuid,
  primary key (agency_id, visit_id),
  constraint visit_number_key unique (agency_id, operation_id, n),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, unit_id) references app.unit
);
create index visit_by_time on app.visit (agency_id, operation_id, visited_at);
comment on table app.visit is 'commandpost: leaders or superiors at a post, what they found';

create table app.visit_promise (
  agency_id uuid not null,
  promise_id uuid not null,
  visit_id uuid not null,
  n integer not null,
  text text not null check (length(text) between 1 and 500),
  by_whom text not null check (length(by_whom) between 1 and 60),
  due_at timestamptz not null,
  difficulty_id uuid,
  directive_id uuid,
  kept_at timestamptz,
  kept_by uuid,
  kept_text text,
  primary key (agency_id, promise_id),
  constraint visit_promise_number_key unique (agency_id, visit_id, n),
  foreign key (agency_id, visit_id) references app.visit,
  foreign key (agency_id, difficulty_id) references app.difficulty,
  foreign key (agency_id, directive_id) references app.directive
);
create index visit_promise_open on app.visit_promise (agency_id, due_at) where kept_at is null;
comment on table app.visit_promise is 'commandpost: what was promised at a visit, by whom and by when';

-- --------------------------------------------------------------------------------------------------- meetings
create table app.meeting (
  agency_id uuid not null,
  meeting_id uuid not null,
  operation_id uuid not null,
  n integer not null,
  title text not null check (length(title) between 1 and 100),
  held_at timestamptz not null,
  place text not null check (length(place) between 1 and 60),
  chair text not null check (length(chair) between 1 and 60),
  attendees text not null default '',
  minutes text not null default '',
  recorded_at timestamptz not null,
  recorded_by uuid,
  primary key (agency_id, meeting_id),
  constraint meeting_number_key unique (agency_id, operation_id, n),
  foreign key (agency_id, operation_id) references app.operation
);
comment on table app.meeting is 'commandpost: a meeting of the command post and its minutes';

create table app.meeting_decision (
  agency_id uuid not null,
  decision_id uuid not null,
  meeting_id uuid not null,
  n integer not null,
  text text not null check (length(text) between 1 and 1000),
  directive_id uuid,
  primary key (agency_id, decision_id),
  constraint meeting_decision_number_key unique (agency_id, meeting_id, n),
  constraint meeting_decision_directive_key unique (agency_id, directive_id),
  foreign key (agency_id, meeting_id) references app.meeting,
  foreign key (agency_id, directive_id) references app.directive
);
comment on table app.meeting_decision is 'commandpost: what a meeting decided, and the directive that it became';

select sys.protect('recall', array['recall_id']);
select sys.protect('recall_officer', array['recall_id', 'officer_id']);
select sys.protect('recall_step', array['recall_id', 'officer_id', 'n']);
select sys.protect('visit', array['visit_id'], 'unit_id');
select sys.protect('visit_promise', array['promise_id']);
select sys.protect('meeting', array['meeting_id']);
select sys.protect('meeting_decision', array['decision_id']);
