import { expect, test } from 'vitest'
import { addressAbove, pageOfForm } from './page-of-form.ts'

// Pages of an area: a list, one of it, and what is sent to it.
const get = () => new Response()
const routes = [
  { path: '/operator', get },
  { path: '/operator/keys', get },
  { path: '/operator/keys/:organisation/rotation' },
  { path: '/operator/keys/wrapping' },
  { path: '/operator/organisations/:organisation', get },
  { path: '/operator/organisations/:organisation/contract', get },
  { path: '/operator/organisations/:organisation/entry' },
  { path: '/hooks/receipts' },
]

test.each([
  ['/operator/organisations/:organisation/contract', 'itself, where it is a page'],
  ['/operator/organisations/:organisation', 'itself, where it is a page'],
])('the page of %s is %s', (path) => {
  const route = { path, get }
  expect(pageOfForm(route, routes)).toBe(path)
})

test.each([
  ['/operator/keys/wrapping', '/operator/keys', '/operator/keys/wrapping', '/operator/keys'],
  [
    '/operator/keys/:organisation/rotation',
    '/operator/keys',
    '/operator/keys/org_01/rotation',
    '/operator/keys',
  ],
  [
    '/operator/organisations/:organisation/entry',
    '/operator/organisations/:organisation',
    '/operator/organisations/org_01/entry',
    '/operator/organisations/org_01',
  ],
])('of %s it is the nearest above, %s', (path, page, pathname, address) => {
  expect(pageOfForm({ path }, routes)).toBe(page)
  expect(addressAbove(page, pathname)).toBe(address)
})

test('where no page is above there is none', () => {
  expect(pageOfForm({ path: '/hooks/receipts' }, routes)).toBeUndefined()
})
