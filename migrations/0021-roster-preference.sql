-- roster: what an operation's rosters lean to (侧重), in words; what they cost is the module's.

create table app.roster_preference (
  agency_id uuid not null,
  operation_id uuid not null,
  even text not null check (even in ('minor', 'usual', 'strong', 'strongest')),
  steady text not null check (steady in ('minor', 'usual', 'strong', 'strongest')),
  near text not null check (near in ('minor', 'usual', 'strong', 'strongest')),
  set_at timestamptz not null,
  set_by uuid,
  primary key (agency_id, operation_id),
  foreign key (agency_id, operation_id) references app.operation
);
comment on table app.roster_preference is 'roster: what the rosters of an operation lean to: even shares, little change, nearness';

select sys.protect('roster_preference', array['operation_id']);
