import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { boxedBytesMost, sealBox } from '../device/box.ts'
import { access } from '../modules/access/index.ts'
import { agencyPrivateKey, agencyPublicKey, openBox } from './box.ts'
import { world } from './world.ts'

const w = await world([access])
const engine = { pool: w.kernel.reads, sealer: w.kernel.sealer, now: w.kernel.now }
const { agencyId } = w.agency
const other = '00000000-0000-7000-8000-00000000000b'
const factId = w.newId()

describe('boxes', () => {
  it('SUB1 what a phone seals opens here, letter for letter, and each box is another', async () => {
    const publicKey = await agencyPublicKey(engine, agencyId)
    const privateKey = await agencyPrivateKey(engine, agencyId)
    const texts = ['京A·00000', '', '周示一', '👮'.repeat(boxedBytesMost / 4), 'x'.repeat(boxedBytesMost)]
    for (const text of texts) {
      const box = await sealBox(publicKey, factId, text)
      expect(box).toMatch(/^box:1:[A-Za-z0-9_-]{87}:[A-Za-z0-9_-]+$/)
      expect(box.length).toBeLessThanOrEqual(1_000)
      expect(openBox(privateKey, factId, box)).toBe(text)
      expect(await sealBox(publicKey, factId, text)).not.toBe(box)
    }
  })

  it('SUB1 the pair is made once, and lies in sys under the master key', async () => {
    const keys = await Promise.all(Array.from({ length: 5 }, () => agencyPublicKey(engine, agencyId)))
    expect(new Set(keys).size).toBe(1)
    const { rows } = await w.owner.query('select public_key, wrapped from sys.box_key')
    expect(rows).toHaveLength(1)
    expect(rows[0].public_key).toBe(keys[0])
    expect(() => w.kernel.sealer.unwrap('box key of another', rows[0].wrapped)).toThrow()
  })

  it('SUB2 another fact, another agency, a cut or changed box: nothing opens', async () => {
    const publicKey = await agencyPublicKey(engine, agencyId)
    const privateKey = await agencyPrivateKey(engine, agencyId)
    const box = await sealBox(publicKey, factId, '京A00000')
    expect(openBox(privateKey, w.newId(), box)).toBeNull()
    expect(openBox(await agencyPrivateKey(engine, other), factId, box)).toBeNull()
    let looked = 0
    // Every single letter changed, and every cut.
    for (let at = 0; at < box.length; at += 1) {
      const letter = box[at] === 'A' ? 'Q' : 'A'
      expect(
        openBox(privateKey, factId, box.slice(0, at) + letter + box.slice(at + 1)),
        `at ${at}`,
      ).toBeNull()
      expect(openBox(privateKey, factId, box.slice(0, at)), `cut at ${at}`).toBeNull()
      looked += 2
    }
    console.log(`${looked} spoilt boxes`)
    expect(looked).toBeGreaterThan(200)
    for (const junk of [
      '',
      'box:1::',
      `${box}x`,
      box.replace('box:1', 'box:2'),
      `box:1:${'A'.repeat(87)}:${'A'.repeat(60)}`,
    ])
      expect(openBox(privateKey, factId, junk)).toBeNull()
  })

  it('SUB3 a text of 4 kB is refused, and so is a key that is none', async () => {
    const publicKey = await agencyPublicKey(engine, agencyId)
    await expect(sealBox(publicKey, factId, 'x'.repeat(4_096))).rejects.toThrow(RangeError)
    await expect(sealBox(publicKey, factId, '字'.repeat(171))).rejects.toThrow(RangeError)
    await expect(sealBox('AAAA', factId, 'x')).rejects.toThrow()
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    const spki = curve.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url')
    await expect(sealBox(spki, factId, 'x')).rejects.toThrow()
  })
})
