import { describe, expect, test } from 'vitest'
import { loadDoors } from '../../scripts/routes/load-doors.ts'

/**
 * What a stolen cookie must not do: what leaves in bulk or holds secrets, what gives or takes away access, what
 * guards an account, what ends a restriction, keys and contracts. Whoever takes one off this list says in
 * docs/threat-model.md why it is accepted.
 */
const everywhere = [
  '/reviews/:review/export',
  '/reviews/:review/users/:user',
  '/settings',
  '/trail/export',
  '/users/:user/factors',
  '/users/:user/password-change',
  '/users/:user/reinstatement',
  '/users/:user/removal',
  '/users/:user/role',
  '/users/:user/suspension',
  '/users/new',
].flatMap((path) => ['/school', '/authority', '/operator'].map((area) => area + path))

const confirmed = [
  ...everywhere,
  '/account/factors/app',
  '/account/factors/passkey',
  '/account/factors/removal',
  '/account/recovery-codes',
  '/operator/accounts/export',
  '/operator/bulk-exports/:export',
  '/operator/bulk-exports/:export/approval',
  '/operator/bulk-exports/:export/file',
  '/operator/bulk-exports/:export/refusal',
  '/operator/keys',
  '/operator/keys/:organisation/resealing',
  '/operator/keys/:organisation/rotation',
  '/operator/keys/agent-key',
  '/operator/keys/wrapping',
  '/operator/organisations/:organisation/bulk-export',
  '/operator/organisations/:organisation/contract',
  '/operator/organisations/:organisation/entry',
  '/operator/organisations/:organisation/invitation',
  '/operator/organisations/:organisation/locking',
  '/operator/organisations/:organisation/reopening',
  '/operator/organisations/new',
  '/school/agents/:agent/key-change',
  '/school/agents/:agent/revocation',
  '/school/agents/:agent/new-code',
  '/school/agents/new',
  '/school/imports/:import/rejected.csv',
  '/school/imports/:import/leavers.csv',
  '/school/restrictions/:restriction/end',
]

const { routes } = await loadDoors()
const doorOf = new Map(routes.map(({ path, door }) => [path, door]))

describe('asks for a proof that is not older than ten minutes: give it isConfirmed', () => {
  test.each(confirmed)('%s', (path) => {
    expect(doorOf.get(path)).toMatchObject({ isConfirmed: true })
  })
})
