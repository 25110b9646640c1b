-- kernel: the books as they stood at an earlier moment. A view of `past` has the rows that its table of `app` had after
-- the command that the setting app.as_of_seq names, worked out by undoing the changes made since. Whoever puts `past`
-- before `app` in the search path of a transaction asks the past with the very texts that ask the present.

create schema past;
grant usage on schema past to fangxian_app;

-- Rows of a table that were changed after the moment: whether there was one then, whether it is gone now, and what
-- stood in the columns changed since. Asked as who asks, so the policies of the books hold.
create function sys.changed_since(in_table text)
returns table (row_id text, existed boolean, gone boolean, before jsonb)
language sql stable as $$
  select c.row_id, (array_agg(c.op order by c.n))[1] <> 'i', (array_agg(c.op order by c.n desc))[1] = 'd',
    -- Of several changes of one column the earliest decides, which comes last.
    coalesce(jsonb_object_agg(b.key, b.value order by c.n desc) filter (where b.key is not null), '{}')
  from app.change c join app.journal j on j.agency_id = c.agency_id and j.id = c.command_id
    left join lateral jsonb_each(c.before) b on true
  where c.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid and c.table_name = in_table
    and j.seq > nullif(current_setting('app.as_of_seq', true), '')::bigint
  group by c.row_id
$$;
revoke all on function sys.changed_since (text) from public;
grant execute on function sys.changed_since (text) to fangxian_app;

-- The last command received by an instant; 0 before the first. The journal is in the order of arrival and grows without
-- end: halving it finds the place in a score of steps, where an index by time would be paid for by every command.
create function sys.seq_at(in_at timestamptz) returns bigint
language plpgsql stable as $$
declare
  agency constant uuid := nullif(current_setting('app.agency_id', true), '')::uuid;
  low bigint := 0;
  high bigint := (select coalesce(max(j.seq), 0) from app.journal j where j.agency_id = agency);
  middle bigint;
begin
  while low < high loop
    middle := low + (high - low + 1) / 2;
    if (select j.received_at <= in_at from app.journal j where j.agency_id = agency and j.seq >= middle
        order by j.seq limit 1) then
      low := middle;
    else
      high := middle - 1;
    end if;
  end loop;
  return low;
end $$;
revoke all on function sys.seq_at (timestamptz) from public;
grant execute on function sys.seq_at (timestamptz) to fangxian_app;

-- Makes or remakes the view of a table; a migration that adds columns to a table with a past calls it again.
create function sys.keep_past(table_name text, key_columns text[]) returns void
language plpgsql as $$
declare
  key text := (select string_agg(format('x.%I::text', one), ' || '':'' || ' order by n)
    from unnest(key_columns) with ordinality as k (one, n));
  -- What the policy of the unit hides today is not shown as it was before either: of such a row only the changed
  -- columns would be known.
  bound boolean := exists (select 1 from pg_policy p where p.polrelid = format('app.%I', table_name)::regclass
    and not p.polpermissive);
begin
  execute format($view$
    create or replace view past.%1$I with (security_invoker = true) as
    with later as materialized (select * from sys.changed_since(%2$L))
    select x.* from app.%1$I x where not exists (select 1 from later l where l.row_id = %3$s)
    union all
    select r.* from later l
      left join app.%1$I x on x.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid
        and l.row_id = %3$s
      cross join lateral jsonb_populate_record(x, l.before) r
    where l.existed and (x.agency_id is not null %4$s)$view$,
    table_name, table_name, key, case when bound then '' else 'or l.gone' end);
  execute format('comment on view past.%I is %L', table_name,
    'kernel: app.' || table_name || ' as it stood after the command of app.as_of_seq');
  execute format('grant select on past.%I to fangxian_app', table_name);
end $$;
revoke all on function sys.keep_past (text, text[]) from public;

select sys.keep_past('operation', array['operation_id']);
select sys.keep_past('duty_level', array['level_id']);
select sys.keep_past('zone', array['zone_id']);
select sys.keep_past('zone_stage', array['zone_id', 'n']);
select sys.keep_past('post', array['post_id']);
select sys.keep_past('camera', array['camera_id']);
select sys.keep_past('shift_pattern', array['pattern_id']);
select sys.keep_past('demand', array['demand_id']);
select sys.keep_past('sampling_round', array['round_id']);
select sys.keep_past('round_site', array['round_id', 'post_id']);
select sys.keep_past('difficulty', array['difficulty_id']);
select sys.keep_past('duty_entry', array['entry_id']);
select sys.keep_past('alert', array['alert_id']);

-- Assignments are only written and deleted, a version of the roster at a time, and fifteen thousand of them would be
-- looked up in the books in vain: a row stood there from its version's publication until it was deleted. (Presences
-- have no view for the same reason: attendance undoes the few that matter to a moment.)
create index change_deleted on app.change (agency_id, table_name, row_id) where op = 'd';

create view past.assignment with (security_invoker = true) as
select x.* from app.assignment x
where exists (select 1 from app.roster_version v
  where v.agency_id = x.agency_id and v.operation_id = x.operation_id and v.version = x.version
    and v.published_at <= nullif(current_setting('app.as_of', true), '')::timestamptz)
union all
select r.* from app.change c
  join app.journal j on j.agency_id = c.agency_id and j.id = c.command_id
  cross join lateral jsonb_populate_record(null::app.assignment, c.before) r
  join app.roster_version v on v.agency_id = r.agency_id and v.operation_id = r.operation_id and v.version = r.version
where c.agency_id = nullif(current_setting('app.agency_id', true), '')::uuid and c.table_name = 'assignment'
  and c.op = 'd' and j.seq > nullif(current_setting('app.as_of_seq', true), '')::bigint
  and v.published_at <= nullif(current_setting('app.as_of', true), '')::timestamptz;
comment on view past.assignment is 'kernel: app.assignment as it stood after the command of app.as_of_seq';
grant select on past.assignment to fangxian_app;
