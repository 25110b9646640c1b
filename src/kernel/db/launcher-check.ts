import type pg from 'pg'
import { DatabaseRefused, errorCode, errorText } from './launcher-refused.ts'

const versionMin = 18_00_00
const sample = '北京市'

/**
 * Throws DatabaseRefused when Fangxian cannot work on the connected database, whoever runs it: older than 18,
 * not UTF-8, or searching by trigrams is deaf to Chinese. Expects a connection outside a transaction.
 */
export async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{
    version: string
    number: number
    encoding: string
    name: string
    ctype: string
  }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
            current_setting('server_encoding') as encoding, datname as name, datctype as ctype
       from pg_database where datname = current_database()`,
  )
  const found = rows[0]
  if (!found) throw new Error('invariant: the current database is not in pg_database')
  if (found.number < versionMin) {
    throw new DatabaseRefused(
      `PostgreSQL ${found.version} is too old: Fangxian needs version 18 or later. Upgrade the server, or point DATABASE_URL to another.`,
      `PostgreSQL ${found.version} 版本过低,需要 18 或更高版本。请升级数据库,或将 DATABASE_URL 指向其他数据库。`,
    )
  }
  if (found.encoding !== 'UTF8') {
    throw new DatabaseRefused(
      `Database "${found.name}" is encoded in ${found.encoding}: Fangxian needs UTF8. Create another: ${createStatement}`,
      `数据库“${found.name}”的编码为 ${found.encoding},需要 UTF8。请重新建库:${createStatement}`,
    )
  }
  if ((await trigrams(client)).length === 0) {
    throw new DatabaseRefused(
      `Database "${found.name}" (ctype ${found.ctype}) makes no trigrams of Chinese text, so searching names would find nothing. Create another: ${createStatement}`,
      `数据库“${found.name}”(ctype 为 ${found.ctype})无法对中文生成三元组,姓名检索将查不到结果。请重新建库:${createStatement}`,
    )
  }
}

const createStatement =
  "CREATE DATABASE fangxian TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"

async function trigrams(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ schema: string }>(
    `select quote_ident(nspname) as schema
       from pg_extension join pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm'`,
  )
  if (rows[0]) return trigramsIn(client, rows[0].schema)
  // Not there yet: tried in a transaction that leaves nothing, in a schema that surely may be written to.
  await client.query('begin')
  try {
    await client.query('create schema fangxian_check')
    await client.query('create extension pg_trgm schema fangxian_check')
    return await trigramsIn(client, 'fangxian_check')
  } catch (error) {
    // 42501: no right to create. 0A000, 58P01, 22023: the server lacks the extension.
    if (!['42501', '0A000', '58P01', '22023'].includes(errorCode(error))) throw error
    throw new DatabaseRefused(
      `The extension pg_trgm cannot be created: ${errorText(error)}. Install the contrib package of PostgreSQL, and let an administrator run: CREATE EXTENSION pg_trgm`,
      `无法创建扩展 pg_trgm:${errorText(error)}。请安装 PostgreSQL 的 contrib 软件包,并由管理员执行:CREATE EXTENSION pg_trgm`,
      { cause: error },
    )
  } finally {
    await client.query('rollback')
  }
}

async function trigramsIn(client: pg.Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ trigrams: string[] }>(`select ${schema}.show_trgm($1) as trigrams`, [
    sample,
  ])
  return rows[0]?.trigrams ?? []
}
