import { createServer } from 'node:net'
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { externalAddresses } from '../../src/app/external-database.ts'
import { addressOf, serveSettings } from '../../src/app/settings.ts'
import { fangxian, newFolder, post, processesOf, start } from './server.ts'

const linkIn = (out: string) => /^first administrator 首个管理员 {2}(http:\S+)\/first#(\S+)$/m.exec(out)

describe('npm start -- --empty', () => {
  it('STA6 prints a one-time link, founds the agency by it, and stays empty for ever', async () => {
    const folder = newFolder()
    const data = join(folder, 'data')
    const first = start(data, ['--empty'])
    const base = await first.ready()
    const link = linkIn(first.out())
    expect(link?.[1]).toBe(base)
    expect(first.signIns()).toEqual([])
    await first.stop()

    // Begun for real use: a start without the word must not fill it with a demonstration.
    const second = start(data)
    const again = await second.ready()
    const fresh = linkIn(second.out())
    expect(fresh?.[2]).not.toBe(link?.[2])
    const form = {
      code: fresh?.[2],
      agencyCode: 'qinghe',
      agencyName: '青禾县公安局',
      badge: '990101',
      name: '周示一',
      password: 'first-example-1',
    }
    expect((await post(again, '/api/sign-in/first', form)).status).toBe(200)
    expect((await post(again, '/api/sign-in/first', { ...form, code: link?.[2] })).status).toBe(401)
    const { badge, password } = form
    expect((await post(again, '/api/sign-in', { badge, password })).answer.roles).toEqual(['administrator'])
    await second.stop()

    const third = start(data, ['--empty'])
    await third.ready()
    expect(linkIn(third.out()), 'no link once there is an agency').toBeNull()
    await third.stop()
    expect(statSync(join(data, 'master.key')).mode & 0o077).toBe(0)
    expect(processesOf(folder)).toEqual([])
  })

  it('STA7 Ctrl-C while the database is made leaves nothing running', async () => {
    const folder = newFolder()
    const server = start(join(folder, 'data'), ['--empty'])
    await server.says(/starting the database/)
    expect(await server.stop('SIGINT')).toBe(130)
    expect(server.err()).not.toContain('initdb')
    expect(processesOf(folder)).toEqual([])
  })

  it('STA12 a server says which pages it shows, for as long as it runs', async () => {
    const server = start(join(newFolder(), 'data'), ['--empty'], {}, true)
    const base = await server.ready()
    expect(await (await fetch(base)).text()).toContain('<div id="root">')
    const dist = fileURLToPath(new URL('../../dist/', import.meta.url))
    const shown = () =>
      readdirSync(join(dist, 'served'))
        .flatMap(name => readdirSync(join(dist, 'served', name)).map(one => ({ name, one })))
        .filter(({ one }) => one.startsWith(`${server.pid}_`))
    const [page] = shown()
    expect(existsSync(join(dist, page?.name ?? 'none', 'index.html'))).toBe(true)
    await server.stop()
    expect(shown()).toEqual([])
  })
})

describe('what cannot be done is said before anything is made', () => {
  it('STA8 a port in use, a folder that is none, a word that is none', async () => {
    const folder = newFolder()
    const data = join(folder, 'data')
    const taken = createServer()
    await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as { port: number }
    const inUse = await fangxian(data, ['start', '--no-pages'], { PORT: String(port) })
    taken.close()
    expect([inUse.code, inUse.out]).toEqual([1, ''])
    expect(inUse.err).toContain(`Port ${port} of 127.0.0.1 is in use`)
    expect(inUse.err).toContain(`${port} 端口已被其他程序占用`)
    expect(existsSync(join(data, 'pg')), 'no database was made for it').toBe(false)

    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect((await fangxian(file, ['start'])).err).toContain(`The data folder ${file} cannot be used`)
    expect((await fangxian(join(folder, 'none'), ['backup', file])).err).toContain('There is no database in')
    expect((await fangxian(data, ['start', '--full'])).err).toContain('There is no option --full')
    if (process.getuid?.() === 0) return
    mkdirSync(join(folder, 'closed'))
    chmodSync(join(folder, 'closed'), 0o500)
    expect((await fangxian(join(folder, 'closed', 'x'), ['start'])).err).toContain('cannot be used')
  })

  it('STA9 settings: an empty one is none, a wrong one is named', () => {
    expect(serveSettings({ PORT: '', HOST: '', FANGXIAN_TLS_CERT: '' })).toEqual({
      port: 8080,
      host: '127.0.0.1',
      tls: undefined,
      trustProxy: false,
      tiles: undefined,
      push: { contact: 'mailto:push@fangxian.invalid' },
    })
    for (const PORT of ['abc', '-1', '70000', '80.5', ' 80', '0x50']) {
      expect(() => serveSettings({ PORT })).toThrow(/is not a port[\s\S]*不是有效端口/)
    }
    expect(() => serveSettings({ FANGXIAN_TLS_CERT: 'a' })).toThrow('one of them is missing')
    expect(() => serveSettings({ FANGXIAN_TLS_CERT: '/none', FANGXIAN_TLS_KEY: '/none' })).toThrow(
      /FANGXIAN_TLS_CERT cannot be read[\s\S]*无法读取/,
    )
    const cert = join(newFolder(), 'cert.pem')
    writeFileSync(cert, 'not a certificate')
    expect(() => serveSettings({ FANGXIAN_TLS_CERT: cert, FANGXIAN_TLS_KEY: cert })).toThrow('cannot be used')
    const service = 'https://tiles.example.test/{z}/{x}/{y}.png'
    expect(serveSettings({ FANGXIAN_TILES: service, FANGXIAN_TILES_DATUM: 'gcj02' }).tiles).toEqual({
      answer: { kind: 'raster', url: service, datum: 'gcj02', credit: '' },
    })
    const noArchive = { FANGXIAN_TILES: cert }
    expect(() => serveSettings(noArchive)).toThrow(/no PMTiles archive[\s\S]*不是第 3 版/)
    expect(() => serveSettings({ FANGXIAN_TILES: '/none' })).toThrow('FANGXIAN_TILES cannot be read')
    expect(() => serveSettings({ FANGXIAN_TILES: 'https://tiles.example.test/' })).toThrow('no tile service')
    expect(() => serveSettings({ FANGXIAN_TILES: service, FANGXIAN_TILES_DATUM: 'bd09' })).toThrow(
      'not known',
    )
    expect(addressOf({ host: '0.0.0.0', tls: undefined }, 80)).toBe('http://localhost:80')
    expect(addressOf({ host: '::1', tls: { cert: '', key: '' } }, 443)).toBe('https://[::1]:443')
  })

  it('STA10 the server works as its own role on any address, also one without a host', () => {
    const key = Buffer.alloc(32, 1)
    for (const url of [
      'postgres://owner:secret@10.0.0.1:6000/bureau',
      'postgres:///bureau?host=/run/postgresql&user=owner&password=secret',
      'postgresql://owner@/bureau?host=/run/postgresql&port=6000',
    ]) {
      const { app, jobs, owner } = externalAddresses(url, key)
      expect([app.user, jobs.user, app.database]).toEqual(['fangxian_app', 'fangxian_jobs', 'bureau'])
      expect(String(app.password).length).toBeGreaterThan(40)
      expect(app.password).not.toBe(jobs.password)
      expect(owner.connectionString).toBe(url)
      expect(app).not.toHaveProperty('connectionString')
    }
    for (const url of ['nonsense', 'mysql://a/b', 'localhost:5432']) {
      expect(() => externalAddresses(url, key)).toThrow(/not an address of PostgreSQL[\s\S]*不是有效的/)
    }
  })

  it('STA11 an old Node is told what to do, before anything it could not read', () => {
    const cli = new URL('../../src/app/cli.js', import.meta.url).pathname
    const script = `Object.defineProperty(process.versions, 'node', { value: '20.1.0' }); await import(${JSON.stringify(cli)})`
    expect(() =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'pipe' }),
    ).toThrow(/Fangxian needs Node 24[\s\S]*需要 Node 24/)
  })
})
