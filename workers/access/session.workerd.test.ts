import { beforeAll, describe, expect, test } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { type Gate, openGate, password } from '../../test/doors/gate.ts'
import { sessions } from './directory-tables.ts'
import { ABSOLUTE_MS, IDLE_MS } from './session.ts'

const HOUR_MS = 60 * 60_000
let gate: Gate

beforeAll(async () => {
  gate = await openGate()
})

const trailOf = async (subject: string) =>
  (await audit.about(gate.school, subject, 20)).map(({ action }) => action)

describe('a session', () => {
  test('is over after half an hour of nothing', async () => {
    const { token } = await gate.signedIn()
    gate.clock.advance(IDLE_MS - 1)
    expect(await access.standing(gate.directory, token)).toBeDefined()
    gate.clock.advance(IDLE_MS - 1)
    expect(await access.standing(gate.directory, token)).toBeDefined()
    gate.clock.advance(IDLE_MS)
    expect(await access.standing(gate.directory, token)).toBeUndefined()
  })

  test('is over after twelve hours, however busy', async () => {
    const { token } = await gate.signedIn()
    for (let passed = 0; passed < ABSOLUTE_MS; passed += IDLE_MS / 2) {
      expect(await access.standing(gate.directory, token)).toBeDefined()
      gate.clock.advance(IDLE_MS / 2)
    }
    expect(await access.standing(gate.directory, token)).toBeUndefined()
  })

  test('is over at sign-out, for every copy of its cookie, and the others go on', async () => {
    const [one, other] = [await gate.signedIn(), await gate.signedIn()]
    await access.signOut(gate.directory, one.token, { address: '198.51.100.9', country: 'GB' })
    await access.signOut(gate.directory, one.token, { address: '198.51.100.9', country: 'GB' })
    expect(await access.standing(gate.directory, one.token)).toBeUndefined()
    expect(await access.standing(gate.directory, other.token)).toBeDefined()
    const outs = (await trailOf(gate.okafor)).filter((action) => action === 'user.signed-out')
    expect(outs).toHaveLength(1)
  })

  test('is over when its user is suspended, who cannot sign in either', async () => {
    const email = 'pym@st-botolphs.example'
    const pym = await gate.added({ role: 'data-manager', name: 'Ambrose Pym', email, password })
    const { token } = await gate.signedIn({ email })

    await access.suspend(gate.directory, gate.school, pym)
    expect(await access.standing(gate.directory, token)).toBeUndefined()
    expect(await gate.signIn({ email })).toEqual({ refused: 'wrong' })
  })

  test.each([undefined, '', 'x', 'A'.repeat(43)])(
    'of a made-up token is nobody’s: %s',
    async (token) => {
      expect(await access.standing(gate.directory, token)).toBeUndefined()
    },
  )

  test('long over is forgotten, and one that goes on is not', async () => {
    const old = await gate.signedIn()
    gate.clock.advance(ABSOLUTE_MS + HOUR_MS + 1)
    const { token } = await gate.signedIn()
    await access.forget(gate.directory)
    expect(await access.standing(gate.directory, token)).toBeDefined()
    expect(await access.standing(gate.directory, old.token)).toBeUndefined()
    const kept = await gate.directory.db.select().from(sessions)
    expect(kept.every(({ endsAtMs }) => endsAtMs >= gate.clock.now() - HOUR_MS)).toBe(true)
  })
})
