import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEmail, parsePhone } from '#kernel'
import { newKeyPair } from '#vault'
import { damage, damaged, swapped, swaps, utf8 } from '../../../test/samples/damage.ts'
import { bodyDamage, damagedBody } from '../../../test/samples/damaged-body.ts'
import { allowListOf } from './allow-list.ts'
import { openBody, Unopened } from './open.ts'
import { MAX_REJECTED_SENT, pupilSchema, writePayload } from './payload.ts'
import { Unusable } from './problem.ts'
import { type Pushed, readPush } from './read-push.ts'
import { stagedOf } from './staged-of.ts'
import { CHUNK_BYTES, type PushAddress, type PushKind, sealBody } from './wire.ts'

/** Damaged pushes: `FUZZ_RUNS=10000 vitest run --project plain workers/mis/push/fuzz`. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300)
const MAX_MS = 5_000
const timeoutMs = 60_000 + RUNS * 100

const { fields } = allowListOf(['call-parents', 'our-schools-app'])

const opening = (kind: PushKind) => ({
  format: 'schoolgate-import',
  version: 1,
  kind,
  scope: 'full',
  source: 'csv',
  school: { laCode: '933', establishment: '4012', name: 'St Botolph’s' },
  takenAt: '2026-11-23T02:15:00.000Z',
  feed: 'nightly',
  dropped: [],
})
const key = (number: number) => ({
  upn: null,
  admissionNumber: `00${number}`,
  reference: `mis-${number}`,
})
const contact = (number: number) => ({
  line: number,
  title: 'Mrs',
  forename: 'Joan',
  surname: 'Marsh',
  relationship: 'Mother',
  priority: 1,
  hasParentalResponsibility: true,
  language: null,
  phones: [{ e164: `+44770090${number + 1000}`, kind: 'mobile' }],
  emails: ['joan@example.com'],
  mayNotBeContacted: false,
})
const pupil = (number: number) => ({
  pupil: {
    line: number,
    key: key(number),
    surname: 'Marsh',
    forename: `Teddy${number}`,
    preferredForename: null,
    middleNames: null,
    gender: 'M',
    dateOfBirth: '2016-01-12',
    yearGroup: 'Year 4',
    registrationGroup: '4E',
    house: null,
    phones: [],
    emails: [],
    contacts: [contact(number)],
  },
})
const rejected = { rejected: { line: 9, field: 'DOB', reason: 'not-a-date', subject: 'field' } }
const entry = { line: 2, pupil: key(1), date: '2026-11-23' }
const people = { line: 2, pupil: key(1), contact: { title: null, forename: 'J', surname: 'M' } }

/** A push of each shape, as lines. */
const PUSHES: Readonly<Record<string, [PushKind, unknown[]]>> = {
  roster: ['roster', [pupil(1), pupil(2), { leaver: key(3) }, rejected]],
  registers: [
    'registers',
    [
      { mark: { ...entry, at: { kind: 'session', session: 'AM' }, code: '/', minutesLate: null } },
      { mark: { ...entry, at: { kind: 'lesson', period: 'P1' }, code: 'L', minutesLate: 5 } },
      rejected,
    ],
  ],
  behaviour: [
    'behaviour',
    [
      {
        conduct: {
          ...entry,
          reference: 'b-1',
          kind: 'behaviour',
          type: 'Rude',
          points: 2,
          description: 'Called out',
        },
      },
    ],
  ],
  consents: [
    'consents',
    [{ consent: { ...people, about: 'no-contact', channel: null, isAllowed: false } }, rejected],
  ],
}

const lines = (values: unknown[]): Uint8Array =>
  utf8(values.map((value) => `${JSON.stringify(value)}\n`).join(''))

/** What a damaged push comes to: what was read of it, checked; or the name of what is wrong. */
async function answer(
  pieces: AsyncIterable<Uint8Array>,
  kind: PushKind,
): Promise<Pushed | 'refused'> {
  const started = performance.now()
  try {
    const pushed = await readPush(pieces, { kind, scope: 'full' }, fields)
    check(pushed)
    return pushed
  } catch (error) {
    if (error instanceof Unusable) expect(error.problem).toMatch(/^[a-z]+(-[a-z]+)*$/)
    else if (error instanceof Unopened) expect(error.reason).toMatch(/^[a-z]+(-[a-z]+)*$/)
    else throw error
    return 'refused'
  } finally {
    expect(performance.now() - started).toBeLessThan(MAX_MS)
  }
}

function check(pushed: Pushed): void {
  const staged = stagedOf(pushed, 'fingerprint' as never, Date.UTC(2026, 10, 24))
  expect(JSON.parse(JSON.stringify(staged))).toEqual(staged)
  expect(pushed.rejected.length).toBeLessThanOrEqual(MAX_REJECTED_SENT)
  for (const each of pushed.pupils) {
    expect(pupilSchema.safeParse(each).success).toBe(true)
    for (const { phones, emails } of [each, ...each.contacts]) {
      for (const phone of phones) expect(parsePhone(phone.e164)).toEqual({ ok: true, phone })
      for (const email of emails) expect(parseEmail(email)).toEqual({ ok: true, email })
    }
  }
}

async function* inPieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

/** Both must happen: what is always refused was not tried. */
async function fuzz<Value>(
  arbitrary: fc.Arbitrary<Value>,
  read: (value: Value) => Promise<Pushed | 'refused'>,
): Promise<void> {
  const seen = { taken: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(arbitrary, async (value) => {
      seen[(await read(value)) === 'refused' ? 'refused' : 'taken']++
    }),
    { numRuns: RUNS },
  )
  expect(seen.taken).toBeGreaterThan(RUNS / 50)
  expect(seen.refused).toBeGreaterThan(RUNS / 50)
}

/** What a line could hold that no agent writes. */
const hostileLine = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)),
  fc.constantFrom(
    ...['', 'null', '[]', '{}', '1e999', '-0', '"', '{"end":true}', '{"end":true,"records":-1}'],
    ...['{"end":true,"records":1e308}', '{"__proto__":{"line":1}}', '{"constructor":{}}'],
    ...['{"pupil":null}', '{"pupil":[]}', '{"rejected":{"line":1e308}}', '{"mark":{"line":{}}}'],
    `{"pupil":{"line":${'9'.repeat(400)}}}`,
    `{"pupil":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    '{"pupil":'.repeat(10_000),
    `{"leaver":{"upn":"${'x'.repeat(130_000)}"}}`,
  ),
)

test.each(Object.entries(PUSHES))(
  'what is inside, damaged: %s',
  async (_, [kind, records]) => {
    const head = opening(kind)
    const end = (count: number) => ({ end: true, records: count })
    const whole = [head, ...records, end(records.length)]
    const inText = damage.map((each) => damaged(lines(whole), each))
    const inShape = swaps.map((each) => lines(each.reduce(swapped, whole) as unknown[]))
    const inRecords = swaps.map((each) =>
      lines([head, ...(each.reduce(swapped, records) as unknown[]), end(records.length)]),
    )
    const withLines = fc
      .record({
        hostile: fc.array(hostileLine, { maxLength: 3 }),
        counted: fc.boolean(),
        ended: fc.integer({ min: 0, max: 2 }),
      })
      .map(({ hostile, counted, ended }) => {
        const count = records.length + (counted ? hostile.length : 0)
        const ends = Array.from({ length: ended }, () => JSON.stringify(end(count)))
        const told = [head, ...records].map((value) => JSON.stringify(value))
        return utf8([...told, ...hostile, ...ends].join('\n'))
      })
    await fuzz(fc.oneof(inText, inShape, inRecords, withLines), (bytes) =>
      answer(inPieces(bytes), kind),
    )
  },
  timeoutMs,
)

test('a line of ten million characters is passed over, and what is around it is read', async () => {
  const started = performance.now()
  for (const piece of ['a', '[', '{"pupil":', '"', '\\"', '\u0000', '9']) {
    const long = utf8(piece.repeat(Math.floor(10_000_000 / piece.length)))
    const before = lines([opening('roster'), pupil(1)])
    const after = lines([pupil(2), { end: true, records: 3 }])
    const all = Buffer.concat([before, long, utf8('\n'), after])
    const pushed = await answer(inPieces(all, 65_536), 'roster')
    expect(pushed).toMatchObject({
      pupils: [{ forename: 'Teddy1' }, { forename: 'Teddy2' }],
      rejected: [{ reason: 'not-as-agreed' }],
    })
  }
  expect(performance.now() - started).toBeLessThan(MAX_MS)
})

test(
  'a body that was damaged on the way says what is wrong, or was not damaged at all',
  async () => {
    const [agent, server] = [await newKeyPair(), await newKeyPair()]
    const address: PushAddress = {
      organisation: 'org_1',
      agent: 'agt_1',
      key: 'key_1',
      takenAtMs: 1_800_000_000_000,
      kind: 'roster',
      scope: 'full',
    }
    const apiKey = new Uint8Array(32).fill(3)
    const sealed = async (count: number) => {
      const records = Array.from({ length: count }, (_, at) => pupil(at))
      const plain = writePayload(opening('roster') as never, records as never)
      const keys = { agentPrivateKey: agent.privateKey, serverPublicKey: server.publicKey }
      const parts: Uint8Array[] = []
      for await (const part of sealBody({ address, apiKey, ...keys }, plain)) parts.push(part)
      return new Uint8Array(Buffer.concat(parts))
    }
    const body = await sealed(1200)
    expect(body.length).toBeGreaterThan(2 * CHUNK_BYTES)
    const other = await sealed(2)
    const keys = { serverPrivateKey: server.privateKey, agentPublicKeys: [agent.publicKey] }
    const read = async (bytes: Uint8Array) =>
      answer(openBody({ address, apiKey, ...keys }, inPieces(bytes, 50_000)), 'roster')
    const whole = await read(body)
    expect(whole).not.toBe('refused')
    let refused = 0
    await fc.assert(
      fc.asyncProperty(bodyDamage, async (how) => {
        const bytes = damagedBody(body, other, how)
        const isAsItWas = Buffer.compare(bytes, body) === 0
        const came = await read(bytes)
        expect(came).toEqual(isAsItWas ? whole : 'refused')
        if (!isAsItWas) refused++
      }),
      { numRuns: RUNS },
    )
    expect(refused).toBeGreaterThan(RUNS / 2)
  },
  timeoutMs,
)
