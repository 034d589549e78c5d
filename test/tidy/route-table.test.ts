import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { currentTable, ROUTES_FILE } from '../../scripts/routes.ts'

const table = await currentTable()

test('there are routes in it, of every area', () => {
  expect(table.split('\n').filter((line) => line.startsWith('| `/')).length).toBeGreaterThan(40)
  for (const path of ['/school/users', '/authority/reviews', '/operator/keys', '/sign-in'])
    expect(table).toContain(`| \`${path}\` |`)
})

test('it says what a door asks for: role, grant, product, what holds it back, and proof', () => {
  const lineOf = (path: string) => table.split('\n').find((line) => line.includes(`\`${path}\``))
  expect(lineOf('/school/messages/new')).toContain('Administrator, Basic User |  | call-parents')
  expect(lineOf('/school/users/new')).toContain(
    'while a review is overdue; from support that was let in',
  )
  expect(lineOf('/school/reviews/:review/users/:user')).toContain('| yes | 64 kB |')
})

test('docs/generated/routes.md says what the code does: run npm run routes', () => {
  expect(readFileSync(ROUTES_FILE, 'utf8')).toBe(table)
})
