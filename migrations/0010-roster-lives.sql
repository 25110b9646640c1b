-- roster: the published roster lives: duties swapped among officers, duties repaired, and who was chased to acknowledge.

-- A version comes from a plan, from one swap, or from the repair of duties that somebody cannot do any more.
alter table app.roster_version alter column plan_id drop not null;
alter table app.roster_version add column cause text not null default 'plan';
alter table app.roster_version add constraint roster_version_cause check (cause in ('plan', 'swap', 'repair'));
alter table app.roster_version add constraint roster_version_of_plan check ((cause = 'plan') = (plan_id is not null));

create table app.swap_request (
  agency_id uuid not null,
  swap_id uuid not null,
  operation_id uuid not null,
  kind text not null check (kind in ('swap', 'takeOver')),
  asker_id uuid not null,
  -- Null: offered to anybody who may take it, and nobody has said yes.
  partner_id uuid check (partner_id <> asker_id),
  -- Offered to one colleague by name.
  named boolean not null,
  state text not null
    check (state in ('asked', 'agreed', 'approved', 'declined', 'refused', 'withdrawn', 'lapsed')),
  asked_at timestamptz not null,
  asked_by uuid,
  -- The earlier of the duties begins: then the request is over, answered or not.
  due_at timestamptz not null,
  settled_at timestamptz,
  -- The publication that it became.
  version integer,
  primary key (agency_id, swap_id),
  constraint swap_request_named check (not named or partner_id is not null),
  constraint swap_request_version check ((state = 'approved') = (version is not null)),
  constraint swap_request_settled check ((state in ('asked', 'agreed')) = (settled_at is null)),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, asker_id) references app.officer,
  foreign key (agency_id, partner_id) references app.officer
);
create index swap_request_open on app.swap_request (agency_id, due_at) where state in ('asked', 'agreed');
create index swap_request_of_asker on app.swap_request (agency_id, asker_id, asked_at);
create index swap_request_of_partner on app.swap_request (agency_id, partner_id, asked_at);
comment on table app.swap_request is 'roster: an officer offers a duty of his, for another one or for nothing';

-- The duties as they stood when it was asked. An assignment is named without a foreign key: it may be published away.
create table app.swap_duty (
  agency_id uuid not null,
  swap_id uuid not null,
  side text not null check (side in ('given', 'returned')),
  assignment_id uuid not null,
  post_id uuid not null,
  day date not null,
  pattern_id uuid not null,
  bands text[] not null check (cardinality(bands) between 1 and 2),
  period tstzrange not null check (not isempty(period)),
  primary key (agency_id, swap_id, side),
  foreign key (agency_id, swap_id) references app.swap_request,
  foreign key (agency_id, post_id) references app.post,
  foreign key (agency_id, pattern_id) references app.shift_pattern
);
create index swap_duty_of_assignment on app.swap_duty (agency_id, assignment_id);
comment on table app.swap_duty is 'roster: a duty that is offered in a request, or wanted for it';

create table app.swap_step (
  agency_id uuid not null,
  swap_id uuid not null,
  n integer not null,
  kind text not null check (kind in
    ('asked', 'agreed', 'approved', 'declined', 'refused', 'withdrawn', 'lapsed', 'overtaken')),
  at timestamptz not null,
  by_account uuid,
  text text not null default '',
  primary key (agency_id, swap_id, n),
  foreign key (agency_id, swap_id) references app.swap_request
);
comment on table app.swap_step is 'roster: what was said to a request, by whom and when';

create table app.chase (
  agency_id uuid not null,
  operation_id uuid not null,
  officer_id uuid not null,
  n integer not null check (n > 0),
  -- The newest version that touches the officer when he is chased.
  version integer not null,
  at timestamptz not null,
  by_account uuid,
  primary key (agency_id, operation_id, officer_id, n),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, officer_id) references app.officer
);
comment on table app.chase is 'roster: a leader chased an officer who has not acknowledged his duties';

select sys.protect('swap_request', array['swap_id']);
select sys.protect('swap_duty', array['swap_id', 'side']);
select sys.protect('swap_step', array['swap_id', 'n']);
select sys.protect('chase', array['operation_id', 'officer_id', 'n']);
