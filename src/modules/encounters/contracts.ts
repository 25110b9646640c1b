// What happens at a checkpoint or a gate: browser-safe, read by phone, desk and server alike.
import { z } from 'zod'
import {
  bulkFact,
  command,
  everyone,
  id,
  instant,
  query,
  sealedBox,
  staffText,
} from '../../kernel/contract.ts'
import {
  boxKinds,
  codesShown,
  directions,
  emergencyKinds,
  holdingBases,
  holdingOutcomes,
  passerKinds,
  verdictReasons,
  verdicts,
} from './contracts-words.ts'

export const box = sealedBox(boxKinds)
export type Box = z.output<typeof box>

/** Tenths of a degree Celsius: 365 is 36.5 °C. What no thermometer at a post shows is a slip. */
export const tenths = z.int().min(300).max(450)

/** The id of the fact is the id of the encounter. */
export const noteEncounter = bulkFact({
  name: 'encounters.note',
  title: { zh: '查验登记', en: 'Note an encounter' },
  roles: everyone,
  input: z.strictObject({
    postId: id(),
    passer: z.enum(passerKinds),
    direction: z.enum(directions),
    /** People, with the driver. */
    people: z.int().min(1).max(200),
    /** The highest of those measured; null when none was. */
    temperature: tenths.nullable(),
    codeShown: z.enum(codesShown),
    disinfected: z.boolean(),
    verdict: z.enum(verdicts),
    reason: z.enum(verdictReasons).nullable(),
    /** Version of the post's rules that the phone went by; 0 when it had none. */
    rulesVersion: z.int().min(0),
    /** Keyed hash under the post's key of the shift; null when nothing was scanned or typed. */
    passToken: z
      .string()
      .regex(/^[A-Za-z0-9_-]{43}$/)
      .nullable(),
    boxes: z.array(box).max(4),
  }),
})

export const passEmergency = command({
  name: 'encounters.passEmergency',
  kind: 'fact',
  title: { zh: '紧急通行', en: 'Emergency passage' },
  roles: everyone,
  input: z.strictObject({
    postId: id(),
    emergency: z.enum(emergencyKinds),
    people: z.int().min(1).max(200),
    passer: z.enum(passerKinds),
    note: staffText(200),
  }),
})

/** What it was, told once they are through: the passage itself waits for no answer. */
export const describeEmergency = command({
  name: 'encounters.describeEmergency',
  kind: 'fact',
  title: { zh: '补记紧急通行', en: 'Describe an emergency passage' },
  roles: everyone,
  input: z.strictObject({
    emergencyId: id(),
    /** `mistake`: the bar was touched and nobody passed. */
    emergency: z.enum([...emergencyKinds, 'mistake']),
    people: z.int().min(1).max(200),
    note: staffText(200),
  }),
})

/** Somebody is asked to wait. Ends by itself at `minutesMost`; whoever is responsible sees the clock. */
export const holdPerson = command({
  name: 'encounters.holdPerson',
  kind: 'fact',
  title: { zh: '留观', en: 'Hold somebody' },
  roles: everyone,
  input: z.strictObject({
    postId: id(),
    /** The encounter that it belongs to. */
    encounterId: id(),
    basis: z.enum(holdingBases),
    minutesMost: z.int().min(5).max(240),
    needs: staffText(200),
  }),
})

export const releasePerson = command({
  name: 'encounters.releasePerson',
  kind: 'fact',
  title: { zh: '留观解除', en: 'End a holding' },
  roles: everyone,
  input: z.strictObject({
    holdingId: id(),
    outcome: z.enum(holdingOutcomes),
    note: staffText(200),
  }),
})

/** Limits that officers at the post go by; each change is a new version. */
export const postRules = z.strictObject({
  version: z.int().min(0),
  feverTenths: tenths,
  asksCode: z.boolean(),
  asksTemperature: z.boolean(),
  asksDisinfection: z.boolean(),
  exempt: z.string(),
  turnBackWords: z.string(),
  objectionWords: z.string(),
})
export type PostRules = z.output<typeof postRules>

/** Everything that a phone needs to work at its post for a shift without a network. */
export const kit = query({
  name: 'encounters.kit',
  title: { zh: '查验所需', en: 'What a post works with' },
  roles: everyone,
  input: z.strictObject({ postId: id() }),
  output: z.strictObject({
    postId: id(),
    postName: z.string(),
    postKind: z.string(),
    rules: postRules,
    /** SPKI of the agency's P-256 key, base64url; boxes are sealed to it. */
    publicKey: z.string(),
    /** The post's rotating key, base64url of 32 bytes, and when the phone must have forgotten it. */
    passKey: z.string(),
    passKeyUntil: instant(),
    made: instant(),
  }),
})
