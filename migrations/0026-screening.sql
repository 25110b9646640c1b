-- screening: sampling sites at work (采样). One row a tube and never one a person: who was sampled stands in boxes that
-- are sealed on the phone, or nowhere.

create table app.sampling_rule (
  agency_id uuid not null references app.agency,
  -- Counted up: the highest one is in force.
  rule_set integer not null,
  seconds_per_person integer not null check (seconds_per_person between 5 and 600),
  wait_minutes_max integer not null check (wait_minutes_max between 5 and 240),
  queue_max integer not null check (queue_max between 10 and 5000),
  result_hours integer not null check (result_hours between 1 and 168),
  retest_hours integer not null check (retest_hours between 1 and 168),
  set_at timestamptz not null,
  set_by uuid,
  primary key (agency_id, rule_set)
);
comment on table app.sampling_rule is 'screening: what sampling sites are held to: pace, longest wait and line, time for results and re-tests';

create table app.sampling_expected (
  agency_id uuid not null,
  round_id uuid not null,
  post_id uuid not null,
  people integer not null check (people between 0 and 1000000),
  primary key (agency_id, round_id, post_id),
  foreign key (agency_id, round_id) references app.sampling_round,
  foreign key (agency_id, post_id) references app.post
);
comment on table app.sampling_expected is 'screening: how many people a site expects in a round';

create table app.sampling_lane (
  agency_id uuid not null,
  post_id uuid not null,
  n integer not null check (n between 1 and 50),
  -- The duty day for which it was said: a lane that was closed in the evening is open again the next day.
  day date not null,
  open boolean not null,
  changed_at timestamptz not null,
  changed_by uuid,
  primary key (agency_id, post_id, n),
  foreign key (agency_id, post_id) references app.post
);
comment on table app.sampling_lane is 'screening: a lane of a site that was opened or closed';

create table app.tube_box (
  agency_id uuid not null,
  box_id uuid not null,
  operation_id uuid not null,
  post_id uuid not null,
  unit_id uuid not null,
  seal_number text not null check (seal_number ~ '^[0-9A-Z][0-9A-Z-]{1,39}$'),
  handed_to text not null check (length(handed_to) between 1 and 60),
  day date not null,
  handed_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by uuid,
  primary key (agency_id, box_id),
  constraint tube_box_seal_key unique (agency_id, operation_id, seal_number),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, unit_id) references app.unit
);
comment on table app.tube_box is 'screening: a sealed box of tubes, and to whom it was handed';

create table app.tube (
  agency_id uuid not null,
  tube_id uuid not null,
  code text not null check (code ~ '^[0-9A-Z][0-9A-Z-]{3,39}$'),
  operation_id uuid not null,
  post_id uuid not null,
  -- Of the post when the tube was sealed.
  unit_id uuid not null,
  round_id uuid,
  lane integer not null check (lane between 1 and 50),
  size integer not null check (size in (1, 5, 10, 20)),
  people integer not null check (people between 1 and size),
  -- Sealed to the agency's public key, one a person, or none where people were only counted.
  boxes jsonb not null default '[]',
  day date not null,
  sealed_at timestamptz not null,
  sealed_by uuid,
  recorded_at timestamptz not null,
  box_id uuid,
  result text check (result in ('negative', 'positive', 'invalid')),
  result_at timestamptz,
  result_by uuid,
  primary key (agency_id, tube_id),
  constraint tube_code_key unique (agency_id, code),
  constraint tube_result_whole check ((result is null) = (result_at is null)),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, unit_id) references app.unit,
  foreign key (agency_id, round_id) references app.sampling_round,
  foreign key (agency_id, box_id) references app.tube_box
);
create index tube_by_post on app.tube (agency_id, post_id, sealed_at);
create index tube_by_day on app.tube (agency_id, day);
create index tube_of_box on app.tube (agency_id, box_id) where box_id is not null;
create index tube_waiting on app.tube (agency_id, sealed_at) where result is null;
comment on table app.tube is 'screening: a sealed sampling tube, how many people are in it, and its result';

create table app.retest (
  agency_id uuid not null,
  retest_id uuid not null,
  tube_id uuid not null,
  -- Which of the people in the tube.
  n integer not null check (n between 1 and 20),
  post_id uuid not null,
  -- Whose task it is.
  unit_id uuid not null,
  opened_at timestamptz not null,
  due_at timestamptz not null,
  single_tube_id uuid,
  outcome text check (outcome in ('negative', 'positive', 'notFound', 'handedOver')),
  closed_at timestamptz,
  closed_by uuid,
  note text not null default '',
  primary key (agency_id, retest_id),
  constraint retest_once unique (agency_id, tube_id, n),
  constraint retest_closed_whole check ((outcome is null) = (closed_at is null)),
  foreign key (agency_id, tube_id) references app.tube,
  foreign key (agency_id, single_tube_id) references app.tube,
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, unit_id) references app.unit
);
create index retest_open on app.retest (agency_id, due_at) where outcome is null;
create index retest_of_single on app.retest (agency_id, single_tube_id) where single_tube_id is not null;
comment on table app.retest is 'screening: somebody of a positive mixed tube who is to be sampled alone, by whom and by when';

create table app.site_queue (
  agency_id uuid not null,
  queue_id uuid not null,
  post_id uuid not null,
  queue integer not null check (queue between 0 and 5000),
  noted_at timestamptz not null,
  noted_by uuid,
  primary key (agency_id, queue_id),
  foreign key (agency_id, post_id) references app.post
);
create index site_queue_by_time on app.site_queue (agency_id, post_id, noted_at);
comment on table app.site_queue is 'screening: how many stood in the line of a site, counted by the officer there';

create table app.site_kit (
  agency_id uuid not null,
  post_id uuid not null,
  day date not null,
  band text not null check (length(band) between 1 and 20),
  loudspeaker boolean not null,
  cordon boolean not null,
  one_metre boolean not null,
  noted_at timestamptz not null,
  noted_by uuid,
  primary key (agency_id, post_id, day, band),
  foreign key (agency_id, post_id) references app.post
);
comment on table app.site_kit is 'screening: what keeps order at a site in a shift: loudspeaker, cordon, one-metre line';

select sys.protect('sampling_rule', array['rule_set']);
select sys.protect('sampling_expected', array['round_id', 'post_id']);
select sys.protect('sampling_lane', array['post_id', 'n']);
select sys.protect('tube_box', array['box_id']);
select sys.protect('tube', array['tube_id']);
select sys.protect('retest', array['retest_id']);
select sys.protect('site_queue', array['queue_id']);
select sys.protect('site_kit', array['post_id', 'day', 'band']);
