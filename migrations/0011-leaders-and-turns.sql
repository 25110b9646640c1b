-- roster: who leads an operation on each duty day, and the small rosters of a station: meals and disinfection.

create table app.lead_duty (
  agency_id uuid not null,
  operation_id uuid not null,
  day date not null,
  -- A leader of the bureau (带班局领导), and the duty leader of the command post (指挥长).
  office text not null check (office in ('bureau', 'commandPost')),
  officer_id uuid not null,
  set_at timestamptz not null,
  set_by uuid,
  primary key (agency_id, operation_id, day, office),
  foreign key (agency_id, operation_id) references app.operation,
  foreign key (agency_id, officer_id) references app.officer
);
create index lead_duty_of_officer on app.lead_duty (agency_id, officer_id, day);
comment on table app.lead_duty is 'roster: who leads an operation for the 24 hours of a duty day, by office';

create table app.station_turn (
  agency_id uuid not null,
  turn_id uuid not null,
  unit_id uuid not null,
  kind text not null check (kind in ('meal', 'disinfection')),
  name text not null check (length(name) between 1 and 40),
  -- After the hand-over hour, as bands are told.
  from_minute integer not null check (from_minute between 0 and 1439),
  minutes integer not null check (minutes between 5 and 720),
  -- How many go; null: everybody takes part, shared out over the sittings of the day.
  heads integer check (heads between 1 and 200),
  -- A turn that is no longer made stays with its past days.
  ended boolean not null,
  primary key (agency_id, turn_id),
  foreign key (agency_id, unit_id) references app.unit
);
comment on table app.station_turn is 'roster: a sitting at meals or a round of disinfection that a station names';

create table app.station_turn_officer (
  agency_id uuid not null,
  turn_id uuid not null,
  unit_id uuid not null,
  day date not null,
  officer_id uuid not null,
  by_hand boolean not null,
  primary key (agency_id, turn_id, day, officer_id),
  foreign key (agency_id, turn_id) references app.station_turn,
  foreign key (agency_id, unit_id) references app.unit,
  foreign key (agency_id, officer_id) references app.officer
);
create index station_turn_officer_of on app.station_turn_officer (agency_id, officer_id, day);
create index station_turn_officer_of_day on app.station_turn_officer (agency_id, unit_id, day);
comment on table app.station_turn_officer is 'roster: who goes in a turn of a station on a duty day';

select sys.protect('lead_duty', array['operation_id', 'day', 'office']);
select sys.protect('station_turn', array['turn_id'], 'unit_id');
select sys.protect('station_turn_officer', array['turn_id', 'day', 'officer_id'], 'unit_id');
