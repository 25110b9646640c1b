-- posts: zones under measures, places that must be staffed, and what they need.
create table app.zone (
  agency_id uuid not null references app.agency,
  zone_id uuid not null,
  operation_id uuid not null,
  name text not null check (length(name) between 1 and 80),
  kind text not null check (kind in ('sealed', 'control', 'precaution')),
  opened_as text not null check (opened_as in ('sealed', 'control', 'precaution')),
  order_number text not null check (length(order_number) between 1 and 60),
  approver text not null check (length(approver) between 1 and 60),
  begins_at timestamptz not null,
  planned_end_at timestamptz not null check (planned_end_at > begins_at),
  lifted_at timestamptz,
  households integer check (households >= 0),
  polygon jsonb,
  unit_id uuid,
  primary key (agency_id, zone_id),
  constraint zone_name_key unique (agency_id, operation_id, name),
  foreign key (agency_id, operation_id) references app.operation
);
comment on table app.zone is 'posts: an area under measures';

create table app.zone_stage (
  agency_id uuid not null,
  zone_id uuid not null,
  n integer not null,
  kind text not null check (kind in ('sealed', 'control', 'precaution', 'lifted')),
  at timestamptz not null,
  order_number text not null check (length(order_number) between 1 and 60),
  approver text not null check (length(approver) between 1 and 60),
  reason text not null,
  primary key (agency_id, zone_id, n),
  foreign key (agency_id, zone_id) references app.zone
);
comment on table app.zone_stage is 'posts: how a zone was opened, changed and lifted';

create table app.sampling_round (
  agency_id uuid not null,
  round_id uuid not null,
  operation_id uuid not null,
  n integer not null check (n between 1 and 200),
  name text not null,
  day date not null,
  opens_minute integer not null check (opens_minute between 0 and 1439),
  closes_minute integer not null check (closes_minute > opens_minute and closes_minute <= 2880),
  area text not null default '',
  primary key (agency_id, round_id),
  constraint round_number_key unique (agency_id, operation_id, n),
  foreign key (agency_id, operation_id) references app.operation
);
comment on table app.sampling_round is 'posts: one pass of sampling over an area';

create table app.post (
  agency_id uuid not null,
  post_id uuid not null,
  operation_id uuid not null,
  code text not null check (length(code) between 1 and 20),
  name text not null check (length(name) between 1 and 80),
  kind text not null check (kind in ('checkpoint', 'zoneGate', 'samplingSite', 'isolationHotel', 'buildingGate', 'patrolGrid', 'commandPost', 'reserve')),
  zone_id uuid,
  unit_id uuid not null,
  address text not null default '',
  lng double precision check (lng between -180 and 180),
  lat double precision check (lat between -90 and 90),
  duties text not null default '',
  equipment text not null default '',
  contact_name text not null default '',
  contact_phone app.sealed_text,
  partners_expected jsonb not null default '{}',
  closed_loop boolean not null default false,
  state text not null default 'active' check (state in ('planned', 'active', 'paused', 'closed')),
  opens_on date,
  closes_on date check (closes_on >= opens_on),
  primary key (agency_id, post_id),
  constraint post_code_key unique (agency_id, operation_id, code),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, zone_id) references app.zone,
  foreign key (agency_id, unit_id) references app.unit
);
create index post_by_zone on app.post (agency_id, zone_id);
create index post_by_kind on app.post (agency_id, operation_id, kind, code, post_id);
comment on table app.post is 'posts: a place that must be staffed';

create table app.round_site (
  agency_id uuid not null,
  round_id uuid not null,
  post_id uuid not null,
  lanes integer not null default 1 check (lanes between 1 and 50),
  primary key (agency_id, round_id, post_id),
  foreign key (agency_id, round_id) references app.sampling_round,
  foreign key (agency_id, post_id) references app.post
);
create index round_of_site on app.round_site (agency_id, post_id);
comment on table app.round_site is 'posts: which sampling sites work in a round';

create table app.camera (
  agency_id uuid not null,
  camera_id uuid not null,
  operation_id uuid not null,
  name text not null check (length(name) between 1 and 80),
  covers text not null default '',
  zone_id uuid,
  added_on date not null,
  lng double precision,
  lat double precision,
  removed_on date,
  primary key (agency_id, camera_id),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, zone_id) references app.zone
);
comment on table app.camera is 'posts: a place with video and what it covers; nothing recognises faces or plates';

-- How a duty day is cut: bands as [{"key","zh","en","from","minutes"}], minutes after the hand-over hour.
create table app.shift_pattern (
  agency_id uuid not null references app.agency,
  pattern_id uuid not null,
  name text not null check (length(name) between 1 and 40),
  kind text not null check (kind in ('4x6', '3x8', '2x12', 'day', 'standby24')),
  bands jsonb not null,
  adjoining boolean not null default true,
  active boolean not null default true,
  primary key (agency_id, pattern_id),
  constraint pattern_name_key unique (agency_id, name)
);
comment on table app.shift_pattern is 'posts: how a duty day is cut into bands';

create table app.demand (
  agency_id uuid not null,
  demand_id uuid not null,
  post_id uuid not null,
  pattern_id uuid not null,
  bands text[] not null check (cardinality(bands) >= 1),
  skill text,
  heads integer not null check (heads between 1 and 500),
  priority integer not null default 2 check (priority between 1 and 3),
  begins_on date not null,
  ends_on date not null check (ends_on >= begins_on),
  weekdays integer[] check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7]),
  round_id uuid,
  withdrawn boolean not null default false,
  primary key (agency_id, demand_id),
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, pattern_id) references app.shift_pattern,
  foreign key (agency_id, round_id) references app.sampling_round
);
create index demand_of_post on app.demand (agency_id, post_id);
comment on table app.demand is 'posts: how many of which skill a post needs in which bands; skill null is the whole crew';

select sys.protect('zone', array['zone_id']);
select sys.protect('zone_stage', array['zone_id', 'n']);
select sys.protect('sampling_round', array['round_id']);
select sys.protect('post', array['post_id']);
select sys.protect('round_site', array['round_id', 'post_id']);
select sys.protect('camera', array['camera_id']);
select sys.protect('shift_pattern', array['pattern_id']);
select sys.protect('demand', array['demand_id']);
