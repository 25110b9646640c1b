-- attendance: which posts a team is given to hold; the order that a closed loop rests on, and objections to it.

create table app.team_post (
  agency_id uuid not null,
  team_post_id uuid not null,
  team_id uuid not null,
  operation_id uuid not null,
  post_id uuid not null,
  begins_on date not null,
  ends_on date,
  order_number text not null check (length(order_number) between 1 and 60),
  approver text not null check (length(approver) between 1 and 60),
  given_at timestamptz not null,
  given_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  primary key (agency_id, team_post_id),
  constraint team_post_days check (ends_on >= begins_on),
  constraint team_post_once exclude using gist
    (agency_id with =, post_id with =, daterange(begins_on, ends_on, '[]') with &&),
  foreign key (agency_id, team_id) references app.team,
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, post_id) references app.post
);
create index team_post_of_team on app.team_post (agency_id, team_id, begins_on);
comment on table app.team_post is 'attendance: a post that a team is given to hold, from and until, by whose order';

-- The most days are the roster's rule; they are not written down a second time.
create table app.loop_order (
  agency_id uuid not null,
  order_id uuid not null,
  team_id uuid not null,
  order_number text not null check (length(order_number) between 1 and 60),
  approver text not null check (length(approver) between 1 and 60),
  approver_id uuid,
  basis text not null check (length(basis) between 1 and 200),
  reason text not null check (length(reason) between 1 and 500),
  begins_on date not null,
  ends_on date not null,
  ordered_at timestamptz not null,
  ordered_by uuid,
  primary key (agency_id, order_id),
  constraint loop_order_days check (ends_on >= begins_on),
  constraint loop_order_once unique (agency_id, team_id),
  foreign key (agency_id, team_id) references app.team,
  foreign key (agency_id, approver_id) references app.officer
);
comment on table app.loop_order is 'attendance: the order that a closed-loop team rests on, and the day on which it ends by itself';

create table app.loop_objection (
  agency_id uuid not null,
  objection_id uuid not null,
  order_id uuid not null,
  officer_id uuid not null,
  text text not null check (length(text) <= 500),
  -- Opened by the health officer only.
  health_reason app.sealed_text,
  raised_at timestamptz not null,
  due_at timestamptz not null,
  withdrawn_at timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  outcome text check (outcome in ('upheld', 'declined')),
  why text,
  -- The last day in the loop of whose objection was upheld.
  leaves_on date,
  primary key (agency_id, objection_id),
  constraint loop_objection_decided check (
    (decided_at is null) = (outcome is null) and (decided_at is null) = (why is null)
    and (leaves_on is null) = (outcome is distinct from 'upheld')),
  foreign key (agency_id, order_id) references app.loop_order,
  foreign key (agency_id, officer_id) references app.officer
);
create unique index loop_objection_open on app.loop_objection (agency_id, order_id, officer_id)
  where decided_at is null and withdrawn_at is null;
comment on table app.loop_objection is 'attendance: a member''s objection to his closed loop, who decided it, and why';

select sys.protect('team_post', array['team_post_id']);
select sys.protect('loop_order', array['order_id']);
select sys.protect('loop_objection', array['objection_id']);
