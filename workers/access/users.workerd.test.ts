import { beforeAll, describe, expect, test, vi } from 'vitest'
import * as access from '#access'
import * as audit from '#audit'
import { newId } from '#kernel'
import * as schools from '#schools'
import { insertAll, type School, system } from '#shards'
import { type Gate, openGate, password } from '../../test/doors/gate.ts'
import { users } from './directory-tables.ts'
import { MAX_USERS } from './store.ts'

const taken = { refused: 'email-taken', field: 'email' }
let gate: Gate

beforeAll(async () => {
  gate = await openGate()
})

describe('a list of accounts', () => {
  test('has those that are open, however many were removed before them', async () => {
    const long = await openGate('long@long-standing.example')
    const { directory, school } = long
    const row = async (at: number) => {
      const id = newId('user', at)
      const record = await school.seal(users.record, id, { name: 'Left', email: '' })
      const level = { role: 'basic' as const, grants: [], state: 'removed' as const }
      const print = await directory.fingerprint('user-email', `${at}@example.com`)
      const told = { passwordHash: '', passwordChangedAtMs: at, createdAtMs: at }
      const organisationId = school.id
      return { id, organisationId, record, emailFingerprint: print, ...level, ...told }
    }
    const left = await Promise.all(Array.from({ length: MAX_USERS }, (_, at) => row(at)))
    await directory.write(insertAll(users, left))
    const all = await access.list(directory, school)
    expect(all).toHaveLength(MAX_USERS)
    expect(all.at(-1)).toMatchObject({ id: long.okafor, state: 'active' })
  })
})

describe('accounts', () => {
  test('one address has one account', async () => {
    const again = {
      role: 'basic',
      name: 'Another Okafor',
      email: 'Okafor@st-botolphs.example',
      password,
    } as const
    expect(await access.addUser(gate.directory, gate.school, again)).toEqual(taken)
  })

  test('made twice at the same moment for one address is one, and the trail knows of one', async () => {
    const twin = { role: 'basic', name: 'Robin Twin', email: 'twin@example.com', password } as const
    const made = await Promise.all([gate.added(twin), gate.added(twin), gate.added(twin)])
    expect(made.filter((one) => typeof one === 'string')).toHaveLength(1)
    expect(made.filter((one) => typeof one !== 'string')).toEqual([taken, taken])
    const entries = await audit.list(gate.school, { limit: 100 })
    const added = entries.filter(({ action }) => action === 'user.added')
    expect(added.map(({ subject }) => subject).sort()).toEqual(
      [gate.okafor, made.find((one) => typeof one === 'string')].sort(),
    )
  })

  test('opens only once the trail knows of it', async () => {
    const commit = vi.spyOn(gate.school, 'commit').mockRejectedValueOnce(new Error('no such shard'))
    const early = {
      role: 'basic',
      name: 'Ash Early',
      email: 'early@example.com',
      password,
    } as const
    await expect(access.addUser(gate.directory, gate.school, early)).rejects.toThrow(
      'no such shard',
    )
    expect(commit).toHaveBeenCalledOnce()
    expect(await gate.signIn({ email: early.email, password })).toEqual({ refused: 'wrong' })
  })

  test('a short password makes none', async () => {
    const short = {
      role: 'basic',
      name: 'Sam Short',
      email: 'short@example.com',
      password: 'elevenchars',
    } as const
    expect(await access.addUser(gate.directory, gate.school, short)).toMatchObject({
      refused: 'password-too-short',
    })
    expect(await gate.signIn({ email: 'short@example.com', password: 'elevenchars' })).toEqual({
      refused: 'wrong',
    })
  })

  test('give the trail its names', async () => {
    const names = await access.namesOf(gate.directory, gate.school.id)
    expect(names.get(gate.okafor)).toBe('Mrs Ngozi Okafor')
  })

  test('of one organisation are not found or disabled from another', async () => {
    const oakfield = await schools.create(
      gate.directory,
      {
        kind: 'school',
        name: 'Oakfield Academy',
        by: system('seed'),
      },
      1 - gate.school.shard,
    )
    const other = (await gate.directory.school(oakfield.id, system('seed'))) as School
    expect(other.shard).not.toBe(gate.school.shard)
    expect(await access.find(gate.directory, other, gate.okafor)).toBeUndefined()
    expect(await access.list(gate.directory, other)).toEqual([])
    expect(await access.suspend(gate.directory, other, gate.okafor)).toEqual({
      refused: 'no-such-user',
    })
    expect((await access.find(gate.directory, gate.school, gate.okafor))?.name).toBe(
      'Mrs Ngozi Okafor',
    )
  })
})
