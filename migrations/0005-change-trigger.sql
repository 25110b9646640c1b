-- The change trigger, a fifth cheaper (docs/decisions/0001-command-pipeline.md): a new row is written with n = 1 at
-- once, because nearly none was there before; one statement finds n and writes; one pass gives both sides of an
-- update; and the session's zone is changed only where it is not UTC.
-- SECURITY DEFINER, because an invoker's trigger would need INSERT on change, and so let the app forge it.
-- The table's name is an argument: on a sharded table tg_table_name is the shard's.
create or replace function sys.record_change() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  command constant uuid := nullif(current_setting('app.command_id', true), '')::uuid;
  zone constant text := current_setting('timezone');
  old_row jsonb;
  new_row jsonb;
  whole jsonb;
  agency uuid;
  key text;
begin
  if command is null then
    raise exception 'write to % outside a command', tg_argv[0] using errcode = 'FX001';
  end if;
  -- Instants stand in the books in UTC, whatever zone the session has.
  if zone <> 'UTC' then perform set_config('timezone', 'UTC', true); end if;
  if tg_op <> 'INSERT' then old_row := to_jsonb(old); end if;
  if tg_op <> 'DELETE' then new_row := to_jsonb(new); end if;
  if zone <> 'UTC' then perform set_config('timezone', zone, true); end if;
  whole := coalesce(new_row, old_row);
  agency := (whole ->> 'agency_id')::uuid;
  key := whole ->> tg_argv[1];
  for i in 2 .. tg_nargs - 1 loop
    key := key || ':' || (whole ->> tg_argv[i]);
  end loop;
  if tg_op = 'INSERT' then
    insert into app.change values (agency, tg_argv[0], key, 1, command, 'i', null, new_row) on conflict do nothing;
    if found then return null; end if;
  elsif tg_op = 'UPDATE' then
    -- Only what changed: a quarter less space, the same time.
    select jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, whole -> o.key) into old_row, new_row
      from jsonb_each(old_row) o where whole -> o.key is distinct from o.value;
    if old_row is null then return null; end if;
  end if;
  insert into app.change
    select agency, tg_argv[0], key, coalesce(max(c.n), 0) + 1, command,
      case tg_op when 'INSERT' then 'i' when 'UPDATE' then 'u' else 'd' end, old_row, new_row
    from app.change c where c.agency_id = agency and c.table_name = tg_argv[0] and c.row_id = key;
  return null;
end $$;
