// `npm run types`: makes every module's tables.ts and migrations/schema.sql anew from the migrations.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { launchDatabase } from '../kernel/db/launcher.ts'
import { makeRoles, migrate } from '../kernel/db/migrate.ts'
import { schemaText } from '../kernel/db/schema.ts'
import { tableTypes } from '../kernel/db/tables.ts'

const source = fileURLToPath(new URL('../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fangxian-types-'))
const launched = await launchDatabase({ dataDir: join(folder, 'pg'), fsync: false })
try {
  const owner = new pg.Client({ ...launched.owner, database: 'postgres' })
  await owner.connect()
  await makeRoles(owner)
  await migrate(owner)
  for (const [module, text] of await tableTypes(owner)) {
    const file = module === 'kernel' ? `${source}kernel/tables.ts` : `${source}modules/${module}/tables.ts`
    writeFileSync(file, text)
    console.log(file)
  }
  const schema = fileURLToPath(new URL('../../migrations/schema.sql', import.meta.url))
  writeFileSync(schema, (await schemaText(owner)).text)
  console.log(schema)
  await owner.end()
} finally {
  await launched.stop()
  rmSync(folder, { recursive: true, force: true })
}
