-- Goes up with every restore. It stands in the answers to phones, so that they notice a server that was restored from
-- an older backup than they remember.
create function sys.restore_epoch() returns bigint
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce((select value::bigint from sys.installation where key = 'restore_epoch'), 0)
$$;
revoke all on function sys.restore_epoch() from public;
grant execute on function sys.restore_epoch() to fangxian_app;
