// The house rules, as a test that says how much it looked at. Every rule is also shown a planted fault, because a
// check that cannot fail has checked nothing.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalogueOf } from './kernel/contract.ts'
import { kernelProblems } from './kernel/problem.ts'
import { declaredModule, load, problemFaults, titleFaults, wordFaults } from './tidy-declared.ts'
import { importFaults, moduleOrder, packageFaults } from './tidy-imports.ts'
import * as rules from './tidy-rules.ts'
import { codeFolders, filesBelow, type Finding, repository, type SourceFile, sources } from './tidy-tree.ts'
import { bothFaults, jsxTextFaults, strayHanFaults } from './tidy-words.ts'

const files = sources()
const read = (path: string) => readFileSync(join(repository, path), 'utf8')
const planted = (path: string, text: string): SourceFile[] => [{ path, text }]

/** Looked at more than `least` things, and found nothing. */
function clean(what: string, { looked, faults }: Finding, least: number) {
  console.log(`${what}: ${looked} looked at, ${faults.length} at fault`)
  expect(looked, `${what}: too little was looked at`).toBeGreaterThan(least)
  expect(faults, what).toEqual([])
}

const modules = readdirSync(join(repository, 'src/modules')).filter(name => !name.startsWith('.'))

describe('house rules', () => {
  it('TDY1 imports follow the rooms and run up no order', () => clean('imports', importFaults(files), 100))
  it('TDY2 no file is over 400 lines', () => clean('file sizes', rules.fileSizeFaults(files), 40))
  it('TDY3 no function is over 70 lines', () => clean('function sizes', rules.functionSizeFaults(files), 300))
  it('TDY4 names say what a file is', () =>
    clean(
      'file names',
      rules.nameFaults(codeFolders.filter(one => existsSync(join(repository, one))).flatMap(filesBelow)),
      60,
    ))
  it('TDY5 comments finish what they say', () => clean('comments', rules.commentFaults(files), 100))
  it('TDY6 nothing is any', () => clean('files without any', rules.anyFaults(files), 40))
  it('TDY7 no error is swallowed', () => clean('catch clauses', rules.catchFaults(files), 5))
  it('TDY8 no test is skipped or runs alone', () => clean('tests', rules.testMarkFaults(files), 20))
  it('TDY9 handlers and cores read no clock', () => clean('handlers and cores', rules.clockFaults(files), 3))
  it('TDY10 no path of one machine', () => clean('files', rules.machinePathFaults(files), 40))
  it('TDY11 text on screens comes from words', () => {
    clean('JSX elements', jsxTextFaults(files), 20)
    clean('screens', strayHanFaults(files), 5)
  })
  it('TDY12 a text in one language has the other', () => clean('texts', bothFaults(files), 50))
})

describe('declarations', () => {
  it('TDY13 everything declared has a title in both languages', async () => {
    const total: Finding = { looked: 0, faults: [] }
    for (const name of modules) {
      const module = await declaredModule(name)
      if (!module) continue
      const { looked, faults } = titleFaults(module)
      total.looked += looked
      total.faults.push(...faults)
    }
    clean('titles', total, 6)
  })

  it('TDY14 every problem has both languages and says what to do', async () => {
    const total: Finding = { looked: 0, faults: [] }
    const catalogues: object[] = [kernelProblems]
    for (const name of modules) catalogues.push(...((await declaredModule(name))?.problems ?? []))
    for (const catalogue of catalogues) {
      const { looked, faults } = problemFaults(catalogueOf(catalogue).entries)
      total.looked += looked
      total.faults.push(...faults)
    }
    clean('problems', total, 20)
  })

  it('TDY15 words of pages have both languages', async () => {
    const total: Finding = { looked: 0, faults: [] }
    for (const { path } of files.filter(
      file => /(^|[-/])words\.ts$/.test(file.path) && !/^src\/tidy/.test(file.path),
    )) {
      const { looked, faults } = wordFaults(path, await load(path))
      total.looked += looked
      total.faults.push(...faults)
    }
    for (const name of modules) {
      const pages = `src/modules/${name}/pages`
      const inside = existsSync(join(repository, pages)) ? filesBelow(pages) : []
      if (inside.some(path => path.endsWith('.tsx')) && !inside.some(path => path.endsWith('words.ts')))
        total.faults.push(`${pages} has no words`)
    }
    clean('words', total, 30)
  })

  it('TDY16 every module has its place in the order', () => {
    const ordered = moduleOrder.flat()
    expect(new Set(ordered).size).toBe(ordered.length)
    expect(modules.length).toBeGreaterThan(0)
    expect(modules.filter(name => !ordered.includes(name))).toEqual([])
  })
})

describe('the repository', () => {
  it('TDY17 the lock file names no registry, and nothing sets one', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { resolved?: string }> }
    const packages = Object.entries(lock.packages)
    const hosts = packages
      .filter(([, one]) => /^(https?:|git)/.test(one.resolved ?? ''))
      .map(([name]) => name)
    clean('packages', { looked: packages.length, faults: hosts }, 100)
    expect(existsSync(join(repository, '.npmrc'))).toBe(false)
  })

  it('TDY22 every package that is used is named in package.json', () => {
    const named = JSON.parse(read('package.json')) as Parameters<typeof packageFaults>[1]
    clean('uses of packages', packageFaults(files, named), 50)
    expect(packageFaults(planted('src/ui/x.ts', `import 'left-pad'`), named).faults).toHaveLength(1)
    expect(packageFaults(planted('src/ui/x.ts', `import 'vitest'`), named).faults).toHaveLength(1)
  })
})

describe('specs', () => {
  it('TDY23 every rule has a test, and every test named after a rule has the rule', () => {
    const specs = filesBelow('docs/specs').map(path => ({ path, text: read(path) }))
    clean('rules', rules.ruleFaults(files, specs), 100)
    const spec = planted('docs/specs/x.md', '- **SUP1** Stock is a sum.\n- SUP2 Nothing is below zero.\n')
    const test = planted('src/x.test.ts', "it('SUP1 stock is a sum', () => {}); it('SUP3 more', () => {})")
    const found = rules.ruleFaults(test, spec).faults.map(fault => fault.split(' ')[0])
    expect(found).toEqual(['SUP3', 'SUP2'])
  })
})

describe('planted faults', () => {
  const page = 'src/modules/people/pages/StockPage.tsx'
  const faultsOf = (finding: Finding) => finding.faults.length

  it('TDY18 an import up the order is found', () => {
    const up = planted('src/modules/people/commands.ts', `import { roster } from '../roster/index.ts'`)
    expect(importFaults(up).faults[0]).toContain('runs up the order')
    const inside = planted('src/modules/roster/queries.ts', `import { on } from '../people/commands.ts'`)
    expect(importFaults(inside).faults[0]).toContain('inside of another module')
    const fine = planted('src/modules/roster/queries.ts', `import { people } from '../people/index.ts'`)
    expect(importFaults(fine)).toEqual({ looked: 1, faults: [] })
  })

  it.each([
    ['src/kernel/x.ts', `import { people } from '../modules/people/index.ts'`],
    ['src/kernel/contract.ts', `import { Kernel } from './kernel.ts'`],
    ['src/kernel/x.ts', `import '../app/server.ts'`],
    ['src/kernel/x.ts', `import react from 'react'`],
    ['src/cores/tracing/x.ts', `import { readFileSync } from 'node:fs'`],
    ['src/cores/tracing/x.ts', `import type { Kernel } from '../../kernel/kernel.ts'`],
    ['src/modules/people/contracts.ts', `import { Kernel } from '../../kernel/kernel.ts'`],
    [page, `import { sql } from 'kysely'`],
    [page, `import { queries } from '../queries.ts'`],
    ['src/ui/x.ts', `import { x } from '../device/client.ts'`],
    ['src/device/x.ts', `export { people } from '../modules/people/contracts.ts'`],
    ['src/modules/people/x.ts', `const x = await import('../roster/index.ts')`],
    ['src/modules/teleport/x.ts', `import { z } from 'zod'`],
  ])('TDY18 %s may not: %s', (path, text) => expect(faultsOf(importFaults(planted(path, text)))).toBe(1))

  it('TDY19 an untranslated string is found', () => {
    expect(faultsOf(jsxTextFaults(planted(page, 'const x = <p>库存</p>')))).toBe(1)
    expect(faultsOf(jsxTextFaults(planted(page, 'const x = <p title="Stock">{stock}</p>')))).toBe(1)
    expect(faultsOf(jsxTextFaults(planted(page, "const x = <p>{'Stock'}</p>")))).toBe(1)
    expect(faultsOf(strayHanFaults(planted(page, "const x = show ? '有' : '无'")))).toBe(2)
    expect(faultsOf(bothFaults(planted('src/ui/x.ts', "const x = { zh: '库存', en: '库存' }")))).toBe(1)
    expect(faultsOf(bothFaults(planted('src/ui/x.ts', "const x = { zh: 'Stock', en: 'The stock' }")))).toBe(1)
    expect(faultsOf(bothFaults(planted('src/ui/x.ts', "const x = { zh: '库存' }")))).toBe(1)
    expect(faultsOf(wordFaults('x', { words: { stock: { zh: '{n} 件', en: '{m} pieces' } } }))).toBe(1)
    expect(
      faultsOf(jsxTextFaults(planted(page, "const x = <p title={t('stock')}>{t('stock')} 12</p>"))),
    ).toBe(0)
  })

  it('TDY20 a large file, a long function and a bad name are found', () => {
    const long = `function x() {\n${'  y()\n'.repeat(70)}}\n`
    expect(faultsOf(rules.functionSizeFaults(planted('src/ui/x.ts', long)))).toBe(1)
    expect(faultsOf(rules.fileSizeFaults(planted('src/ui/x.ts', 'x\n'.repeat(401))))).toBe(1)
    expect(faultsOf(rules.nameFaults(['src/ui/date-utils.ts', 'src/common/x.ts', 'src/ui/badName.ts']))).toBe(
      3,
    )
    expect(
      faultsOf(
        rules.nameFaults(['src/ui/format.ts', 'src/ui/StockPage.tsx', 'src/device/service-worker.ts']),
      ),
    ).toBe(0)
  })

  it('TDY21 an any, an empty catch, a mark, a lone test and a clock are found', () => {
    const path = 'src/modules/people/commands.ts'
    expect(faultsOf(rules.anyFaults(planted(path, 'const x: any = 1')))).toBe(1)
    expect(faultsOf(rules.catchFaults(planted(path, 'try { x() } catch {}')))).toBe(1)
    expect(faultsOf(rules.commentFaults(planted(path, `// ${'TO'}DO later\n// @ts-${'ignore'}\nx()`)))).toBe(
      2,
    )
    expect(faultsOf(rules.testMarkFaults(planted('src/ui/x.test.ts', "it.only('x', () => {})")))).toBe(1)
    expect(faultsOf(rules.clockFaults(planted(path, 'x(Date.now(), new Date(), Math.random())')))).toBe(3)
    expect(faultsOf(rules.clockFaults(planted(path, 'const x = sql`select now()`')))).toBe(1)
    expect(faultsOf(rules.clockFaults(planted(path, 'const x = new Date(input.at)')))).toBe(0)
    expect(faultsOf(rules.machinePathFaults(planted(path, `read('${'/wo'}rk/main/x')`)))).toBe(1)
  })
})
