import type { Route } from './route.ts'

type Paths = Pick<Route, 'path' | 'get'>

/**
 * The path of the page that has the form which is sent to a route. Our forms are sent to the page that they stand
 * on, or to a path below it: so it is the route's own where that is a page, else the nearest above it that is one.
 */
export function pageOfForm({ path }: Paths, routes: readonly Paths[]): string | undefined {
  const pages = new Set(routes.flatMap((one) => (one.get ? [one.path] : [])))
  let page = path
  while (page !== '' && !pages.has(page)) page = page.slice(0, page.lastIndexOf('/'))
  return page === '' ? undefined : page
}

/** Such a page's address, with its names filled in as in the address of what is below it. */
export const addressAbove = (page: string, pathname: string): string =>
  pathname.split('/').slice(0, page.split('/').length).join('/')
