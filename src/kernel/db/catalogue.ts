// The rules of the database (DESIGN §3), each asked of the whole catalogue. A rule says how much it looked at and
// what it found; whoever is exempt is named here with the reason. Used by the catalogue test, which also plants
// a fault for every rule.
import type pg from 'pg'

export interface CatalogueFinding {
  looked: number
  faults: string[]
}

/** The books: written by the kernel alone, so without a change trigger, and with fewer rights. */
export const books: Readonly<Record<string, string>> = {
  journal: 'INSERT SELECT',
  journal_head: 'INSERT SELECT UPDATE',
  change: 'SELECT',
  opening: 'INSERT SELECT',
}

/**
 * Facts by the million and what is counted of them: without a change trigger, because a row each would double them, but
 * with a guard for each statement.
 */
export const bulkTables: Readonly<Record<string, string>> = {
  encounter: 'one journal row carries count and digest of each flush; verified by digest, not by fold',
  encounter_hour: 'sums kept by the flush that writes the encounters, in its transaction',
}

/** Keys that do not begin with the agency. */
export const keyExemptions: Readonly<Record<string, string>> = {
  'agency.agency_code_key': 'the code names an agency on this installation, before any tenant is known',
  'agency.agency_host_name_key': 'a host name leads to one agency, before any tenant is known',
}

/** Tables with a unit whose rows the whole agency sees. */
export const unitExemptions: Readonly<Record<string, string>> = {
  unit: 'the tree itself: every page finds its way by it',
  post: 'an officer is sent to posts of other units, and a roster covers them all',
  zone: 'where measures are in force is known to everybody who works there',
  alert: 'an alert can be handed to somebody past its unit, who then has to see it',
  recall_officer: 'the last one who comes closes the recall, and has to know of the others of all units',
  tube: 'an officer seals tubes at a site of another unit, and a code used twice is told of across the bureau',
  tube_box: 'it is packed at a site of another unit, and no seal is used twice in the bureau',
  retest: 'it is taken at the site by an officer of another unit',
  difficulty: 'an officer raises it at a post of another unit, and has the last word there',
  directive_addressee: 'whoever is on duty at a post of another unit signs for what is addressed to it',
  handover: 'an officer hands over and takes over at a post of another unit',
  handover_book: 'an officer who stands at a post of another unit drafts his page from its book',
}

export const tenantPolicy =
  "(agency_id = (NULLIF(current_setting('app.agency_id'::text, true), ''::text))::uuid)"
export const unitPolicy = (column: string) =>
  "CASE current_setting('app.unit_ids'::text, true) WHEN '*'::text THEN true " +
  `ELSE (${column} = ANY ((NULLIF(current_setting('app.unit_ids'::text, true), ''::text))::uuid[])) END`

type Rule = (owner: pg.ClientBase) => Promise<CatalogueFinding>

const appTables = `select c.oid, c.relname as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'app' and c.relkind in ('r', 'p') and not c.relispartition order by c.relname`

async function looking<R extends pg.QueryResultRow>(
  owner: pg.ClientBase,
  sql: string,
  judge: (row: R) => string | string[] | undefined,
): Promise<CatalogueFinding> {
  const { rows } = await owner.query<R>(sql)
  return { looked: rows.length, faults: rows.flatMap(row => judge(row) ?? []) }
}

/** Every table of app is under the tenant's policy and no second permissive one, which would widen it. */
const tenant: Rule = owner =>
  looking<{
    name: string
    secured: boolean
    forced: boolean
    policies: { name: string; permissive: boolean; command: string; using: string; check: string | null }[]
  }>(
    owner,
    `select t.*, (select coalesce(jsonb_agg(jsonb_build_object('name', p.polname, 'permissive', p.polpermissive,
        'command', p.polcmd, 'using', pg_get_expr(p.polqual, p.polrelid),
        'check', pg_get_expr(p.polwithcheck, p.polrelid)) order by p.polname), '[]')
      from pg_policy p where p.polrelid = t.oid and p.polroles = '{0}') as policies from (${appTables}) t`,
    ({ name, secured, forced, policies }) => {
      const faults: string[] = []
      if (!secured) faults.push(`app.${name} has no row-level security`)
      if (forced) faults.push(`app.${name} binds the owner too, who then cannot back it up`)
      const own = policies.filter(policy => policy.permissive)
      if (own.length !== 1 || own[0]?.name !== 'tenant')
        faults.push(`app.${name} has not just the tenant's policy`)
      for (const { using, check, command } of own) {
        if (using !== tenantPolicy || check !== null || command !== '*')
          faults.push(`app.${name} has another tenant policy: ${using}`)
      }
      return faults
    },
  )

/** A table with a unit has the second, restrictive policy. */
const unitScope: Rule = owner =>
  looking<{ name: string; policies: string[] | null }>(
    owner,
    `select c.relname as name, (select array_agg(btrim(regexp_replace(pg_get_expr(p.polqual, p.polrelid), '\\s+', ' ', 'g')))
        from pg_policy p where p.polrelid = c.oid and not p.polpermissive) as policies
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'unit_id' and not a.attisdropped
      where n.nspname = 'app' and c.relkind in ('r', 'p') order by 1`,
    ({ name, policies }) => {
      if (name in unitExemptions) {
        return policies ? `app.${name} is exempt from the unit's policy and has one` : undefined
      }
      const right = policies?.length === 1 && policies[0] === unitPolicy('unit_id')
      return right ? undefined : `app.${name} has no policy of its unit, or another one`
    },
  )

/** agency_id is the first column of every table, and of every primary, unique and foreign key. */
const keys: Rule = owner =>
  looking<{ name: string; key: string; column: string | null; target: string | null }>(
    owner,
    `select c.relname as name, k.conname as key, a.attname as column,
        (select f.attname from pg_attribute f where f.attrelid = k.confrelid and f.attnum = k.confkey[1]) as target
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
        left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
      where n.nspname = 'app' and k.contype in ('p', 'u', 'f', 'x')
      union all
      select t.relname, i.relname, a.attname, null from pg_index x join pg_class i on i.oid = x.indexrelid
        join pg_class t on t.oid = x.indrelid join pg_namespace n on n.oid = t.relnamespace
        left join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
      where n.nspname = 'app' and (x.indisunique or x.indisexclusion)
      union all
      select c.relname, 'its columns', a.attname, null from pg_class c join pg_namespace n on n.oid = c.relnamespace
        left join pg_attribute a on a.attrelid = c.oid and a.attnum = 1 and a.attnotnull
          and a.atttypid = 'uuid'::regtype
      where n.nspname = 'app' and c.relkind in ('r', 'p') order by 1, 2`,
    ({ name, key, column, target }) => {
      if (`${name}.${key}` in keyExemptions) return undefined
      const right = column === 'agency_id' && (target === null || target === 'agency_id')
      return right ? undefined : `app.${name}: ${key} begins with ${column}, not with agency_id`
    },
  )

/** Every table but the books, the bulk and the partitions has the change trigger, for its own name and its own key. */
const changeTrigger: Rule = owner =>
  looking<{ name: string; key: string[] | null; triggers: { definition: string; on: boolean }[] }>(
    owner,
    `select t.name,
        (select array_agg(a.attname::text order by a.attnum) from pg_constraint k
          join pg_attribute a on a.attrelid = t.oid and a.attnum = any (k.conkey) where k.conrelid = t.oid and k.contype = 'p') as key,
        (select coalesce(jsonb_agg(jsonb_build_object('definition', pg_get_triggerdef(g.oid), 'on', g.tgenabled in ('O', 'A'))), '[]')
          from pg_trigger g where g.tgrelid = t.oid and not g.tgisinternal) as triggers
      from (${appTables}) t`,
    ({ name, key, triggers }) => {
      if (name in books) {
        return triggers.length > 0 ? `app.${name} is a book and has a trigger` : undefined
      }
      if (name in bulkTables) {
        const guard = `CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON app.${name} FOR EACH STATEMENT EXECUTE FUNCTION sys.guard_bulk()`
        const guarded = triggers.length === 1 && triggers[0]?.on && triggers[0].definition === guard
        return guarded ? undefined : `app.${name} is bulk and has not just the guard, switched on`
      }
      if (!key) return `app.${name} has no primary key`
      const [trigger] = triggers
      if (triggers.length !== 1 || !trigger?.on)
        return `app.${name} has not just the change trigger, switched on`
      const head =
        `CREATE TRIGGER change AFTER INSERT OR DELETE OR UPDATE ON app.${name} ` +
        'FOR EACH ROW EXECUTE FUNCTION sys.record_change('
      if (!trigger.definition.startsWith(head))
        return `app.${name} has another trigger: ${trigger.definition}`
      const given = [...trigger.definition.slice(head.length).matchAll(/'([^']*)'/g)].map(match => match[1])
      const wanted = name === 'agency' ? ['agency_id'] : key.filter(column => column !== 'agency_id')
      const right = given[0] === name && given.slice(1).sort().join() === [...wanted].sort().join()
      return right
        ? undefined
        : `app.${name}: the change trigger says ${given.join(', ')}, the key is ${key.join(', ')}`
    },
  )

/** The roles of the server may do nothing beyond what they are for. */
const roles: Rule = owner =>
  looking<{ name: string; above: boolean; member: boolean; owns: string[] | null }>(
    owner,
    `select r.rolname as name, r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication as above,
        exists (select 1 from pg_auth_members m where m.member = r.oid) as member,
        (select array_agg(distinct pg_describe_object(d.classid, d.objid, d.objsubid)) from pg_shdepend d
          where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid and d.deptype = 'o'
            and d.dbid = (select oid from pg_database where datname = current_database())) as owns
      from pg_roles r where r.rolname in ('fangxian_app', 'fangxian_jobs') order by 1`,
    ({ name, above, member, owns }) => {
      const faults: string[] = []
      if (above) faults.push(`${name} is more than a plain role`)
      if (member) faults.push(`${name} is a member of another role`)
      const foreign = (owns ?? []).filter(what => name === 'fangxian_app' || !/graphile_worker/.test(what))
      if (foreign.length > 0) faults.push(`${name} owns ${foreign.slice(0, 5).join(', ')}`)
      return faults
    },
  )

const privileges = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']

/** What the roles of the server and PUBLIC may do with each table, column grants included. */
const grants: Rule = owner =>
  looking<{ schema: string; name: string; part: boolean; role: string; held: string }>(
    owner,
    `select n.nspname as schema, c.relname as name, c.relispartition as part, r.role, array_to_string(array(
        select p from unnest(array[${privileges.map(one => `'${one}'`).join(',')}]) p
        where has_table_privilege(r.role, c.oid, p)
          or p in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') and has_any_column_privilege(r.role, c.oid, p) order by p), ' ') as held
      from pg_class c join pg_namespace n on n.oid = c.relnamespace,
        (values ('fangxian_app'), ('fangxian_jobs'), ('public')) r (role)
      where n.nspname in ('app', 'past', 'ref', 'sys', 'fangxian_migration') and c.relkind in ('r', 'p', 'v', 'm', 'S')
      order by 1, 2, 3`,
    ({ schema, name, part, role, held }) => {
      let wanted = ''
      // A partition is reached through its table, whose policy binds; asked by its own name none would.
      if (role === 'fangxian_app' && schema === 'app' && !part)
        wanted = books[name] ?? (name in bulkTables ? 'INSERT SELECT UPDATE' : 'DELETE INSERT SELECT UPDATE')
      if (role === 'fangxian_app' && (schema === 'ref' || schema === 'past')) wanted = 'SELECT'
      return held === wanted
        ? undefined
        : `${role} has ${held || 'nothing'} on ${schema}.${name}, not ${wanted || 'nothing'}`
    },
  )

/** Nobody but the owner makes objects: a table or function made by the app would lie outside every rule here. */
const creation: Rule = owner =>
  looking<{ schema: string; role: string }>(
    owner,
    `select n.nspname as schema, r.role, has_schema_privilege(r.role, n.oid, 'CREATE') as may
      from pg_namespace n, (values ('fangxian_app'), ('fangxian_jobs'), ('public')) r (role)
      where n.nspname in ('app', 'past', 'ref', 'sys', 'public', 'fangxian_migration') order by 1, 2`,
    ({ schema, role, ...row }) =>
      (row as unknown as { may: boolean }).may ? `${role} may create in ${schema}` : undefined,
  )

/** A function with the owner's rights: its search path is pinned, and PUBLIC may not call it. */
const definers: Rule = owner =>
  looking<{ name: string; definer: boolean; config: string[] | null; open: boolean }>(
    owner,
    `select p.oid::regprocedure::text as name, p.prosecdef as definer, p.proconfig as config,
        has_function_privilege('public', p.oid, 'EXECUTE') as open
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where (n.nspname in ('app', 'past', 'ref', 'sys') or p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker'))
        and not exists (select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
      order by 1`,
    ({ name, definer, config, open }) => {
      const faults: string[] = []
      const path = config?.find(one => one.startsWith('search_path='))
      if (definer && path !== 'search_path=pg_catalog')
        faults.push(`${name} does not pin its search path: ${path}`)
      if (open) faults.push(`${name} may be called by everybody`)
      return faults
    },
  )

const wrongTypes = new Set([
  'timestamp without time zone',
  'time with time zone',
  'json',
  'money',
  'real',
  'character varying',
  'numeric',
])

/** Ids and instants come from code; instants carry their zone; types are those that our readers know. */
const columns: Rule = owner =>
  looking<{ name: string; schema: string; type: string; identity: string; default: string | null }>(
    owner,
    `select format('%I.%I.%I', n.nspname, c.relname, a.attname) as name, n.nspname as schema,
        regexp_replace(format_type(a.atttypid, null), '\\[\\]$', '') as type, a.attidentity as identity,
        pg_get_expr(d.adbin, d.adrelid) as default
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum and a.attgenerated = ''
      where n.nspname in ('app', 'ref', 'sys') and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
      order by 1`,
    ({ name, type, identity, default: made }) => {
      const faults: string[] = []
      if (wrongTypes.has(type)) faults.push(`${name} is ${type}`)
      if (identity !== '') faults.push(`${name} is numbered by the database`)
      if (made !== null && /\w\(/.test(made)) faults.push(`${name} is filled by ${made}`)
      return faults
    },
  )

const columnsOf = (
  oid: string,
) => `(select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', '
  order by a.attnum) from pg_attribute a where a.attrelid = ${oid} and a.attnum > 0 and not a.attisdropped)`

/** Sequences number by the order of the database, which re-execution does not repeat; views ask as who asks. */
const relations: Rule = owner =>
  looking<{ name: string; kind: string; options: string[] | null }>(
    owner,
    `select format('%I.%I', n.nspname, c.relname) as name, c.relkind as kind, c.reloptions as options
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('app', 'past', 'ref', 'sys') and c.relkind not in ('i', 'I', 't') order by 1`,
    ({ name, kind, options }) => {
      if (kind === 'S') return `${name} is a sequence`
      if (kind === 'm') return `${name} is a materialized view, which no policy binds`
      if (kind === 'v' && !options?.some(one => /^security_invoker=(true|on|1)$/.test(one)))
        return `${name} is a view with the owner's rights`
      return undefined
    },
  )

/** A view of the past has the columns of its table, in their order, so that one text asks both. */
const pasts: Rule = owner =>
  looking<{ name: string; past: string; now: string | null }>(
    owner,
    `select v.relname as name, ${columnsOf('v.oid')} as past, ${columnsOf('t.oid')} as now
      from pg_class v left join pg_class t on t.relname = v.relname and t.relkind in ('r', 'p')
        and t.relnamespace = 'app'::regnamespace
      where v.relnamespace = 'past'::regnamespace order by 1`,
    ({ name, past, now }) =>
      past === now ? undefined : `past.${name} has ${past}, app.${name} has ${now}: sys.keep_past anew`,
  )

export const catalogueRules = {
  tenant,
  unitScope,
  keys,
  changeTrigger,
  roles,
  grants,
  creation,
  definers,
  columns,
  relations,
  pasts,
} as const satisfies Record<string, Rule>
export type CatalogueRule = keyof typeof catalogueRules
