-- attendance: the hand-over of a post from one band to the next, page by page.

-- A post has a book from the day that one is opened for it; only then is a hand-over required there.
create table app.handover_book (
  agency_id uuid not null,
  post_id uuid not null,
  operation_id uuid not null,
  unit_id uuid not null,
  -- What stands at the post when the book is opened: kind, name, unit, count.
  items jsonb not null check (jsonb_typeof(items) = 'array'),
  -- Off: the book is kept, and nobody is told when a page is missing.
  required boolean not null,
  opened_at timestamptz not null,
  opened_by uuid,
  primary key (agency_id, post_id),
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, unit_id) references app.unit
);
comment on table app.handover_book is 'attendance: a post that hands over in writing, and what stood there when its book was opened';

create table app.handover (
  agency_id uuid not null,
  handover_id uuid not null,
  operation_id uuid not null,
  post_id uuid not null,
  unit_id uuid not null,
  day date not null,
  pattern_id uuid not null,
  -- The band that goes off.
  band text not null check (length(band) between 1 and 20),
  period tstzrange not null check (not isempty(period)),
  -- The band that comes.
  next_day date not null,
  next_pattern_id uuid not null,
  next_band text not null check (length(next_band) between 1 and 20),
  next_begins timestamptz not null,
  giver_id uuid not null,
  successor_id uuid not null check (successor_id <> giver_id),
  -- Goes up each time the page is given; who signs names the one that he read.
  round integer not null check (round >= 1),
  state text not null check (state in ('given', 'returned', 'signed')),
  given_at timestamptz not null,
  weather text not null,
  vehicles integer not null check (vehicles >= 0),
  people integer not null check (people >= 0),
  vehicles_turned integer not null check (vehicles_turned >= 0),
  people_turned integer not null check (people_turned >= 0),
  fevers integer not null check (fevers >= 0),
  transferred integer not null check (transferred >= 0),
  events text not null,
  orders text not null,
  must_know text not null,
  -- Kind, name, unit, what should be there, what was counted, condition.
  items jsonb not null check (jsonb_typeof(items) = 'array'),
  signed_at timestamptz,
  settled_at timestamptz,
  settled_by uuid,
  settled_why text,
  primary key (agency_id, handover_id),
  constraint handover_once unique (agency_id, post_id, day, pattern_id, band),
  constraint handover_signed_whole check ((state = 'signed') = (signed_at is not null)),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, unit_id) references app.unit,
  foreign key (agency_id, pattern_id) references app.shift_pattern,
  foreign key (agency_id, giver_id) references app.officer,
  foreign key (agency_id, successor_id) references app.officer
);
create index handover_of_day on app.handover (agency_id, day, post_id);
comment on table app.handover is 'attendance: one page of the hand-over book of a post, from one band to the next';

create table app.handover_matter (
  agency_id uuid not null,
  matter_id uuid not null,
  post_id uuid not null,
  text text not null check (length(text) between 1 and 300),
  due_at timestamptz,
  opened_in uuid not null,
  -- The page that closed it; null while it is carried from page to page.
  closed_in uuid,
  closed_how text,
  primary key (agency_id, matter_id),
  constraint handover_matter_closed_whole check ((closed_in is null) = (closed_how is null)),
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, opened_in) references app.handover,
  foreign key (agency_id, closed_in) references app.handover
);
create index handover_matter_of_post on app.handover_matter (agency_id, post_id);
comment on table app.handover_matter is 'attendance: something unfinished at a post, carried from hand-over to hand-over until one closes it';

create table app.handover_return (
  agency_id uuid not null,
  handover_id uuid not null,
  round integer not null check (round >= 1),
  returned_at timestamptz not null,
  returned_by uuid not null,
  why text not null,
  primary key (agency_id, handover_id, round),
  foreign key (agency_id, handover_id) references app.handover,
  foreign key (agency_id, returned_by) references app.officer
);
comment on table app.handover_return is 'attendance: a hand-over that the successor did not sign, and why';

create table app.handover_difference (
  agency_id uuid not null,
  handover_id uuid not null,
  round integer not null,
  kind text not null check (kind in ('count', 'stock', 'equipment')),
  name text not null,
  -- As it was written, and as the successor found it. Neither is ever changed.
  stated integer not null check (stated >= 0),
  found integer not null check (found >= 0 and found <> stated),
  primary key (agency_id, handover_id, round, kind, name),
  foreign key (agency_id, handover_id, round) references app.handover_return
);
comment on table app.handover_difference is 'attendance: a figure of a hand-over on which giver and successor differed, with both figures';

create table app.handover_naming (
  agency_id uuid not null,
  naming_id uuid not null,
  post_id uuid not null,
  day date not null,
  pattern_id uuid not null,
  band text not null check (length(band) between 1 and 20),
  officer_id uuid not null,
  why text not null,
  named_at timestamptz not null,
  named_by uuid,
  -- Put in its place by a later naming.
  ended_at timestamptz,
  primary key (agency_id, naming_id),
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, pattern_id) references app.shift_pattern,
  foreign key (agency_id, officer_id) references app.officer
);
create unique index handover_naming_once on app.handover_naming (agency_id, post_id, day, pattern_id, band)
  where ended_at is null;
comment on table app.handover_naming is 'attendance: whom a leader named to take a post over instead of the rostered one, and why';

create table app.handover_relief (
  agency_id uuid not null,
  relief_id uuid not null,
  officer_id uuid not null,
  post_id uuid not null,
  day date not null,
  pattern_id uuid not null,
  band text not null check (length(band) between 1 and 20),
  relieved_at timestamptz not null,
  relieved_by uuid,
  why text not null,
  primary key (agency_id, relief_id),
  constraint handover_relief_once unique (agency_id, officer_id, post_id, day, pattern_id, band),
  foreign key (agency_id, officer_id) references app.officer,
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, pattern_id) references app.shift_pattern
);
comment on table app.handover_relief is 'attendance: somebody whom a leader let go before the hand-over of his band was signed';

select sys.protect('handover_book', array['post_id']);
select sys.protect('handover', array['handover_id']);
select sys.protect('handover_matter', array['matter_id']);
select sys.protect('handover_return', array['handover_id', 'round']);
select sys.protect('handover_difference', array['handover_id', 'round', 'kind', 'name']);
select sys.protect('handover_naming', array['naming_id']);
select sys.protect('handover_relief', array['relief_id']);
