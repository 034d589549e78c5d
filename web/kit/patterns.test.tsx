import { describe, expect, test } from 'vitest'

import {
  asDocument,
  Empty,
  Filter,
  Form,
  Layout,
  LiveFragment,
  LiveProgress,
  NotificationBanner,
  Pagination,
  Progress,
  Search,
  StackedProgress,
  StatusTag,
  statusWords,
  Table,
  type LayoutProps,
} from './index.ts'
import { shownPages } from './pagination.tsx'

const footer = {
  support: { text: '01632 960 123', href: 'tel:01632960123' },
  dataProtectionOfficer: { text: 'dpo@example.org', href: 'mailto:dpo@example.org' },
  privacyNotice: '/privacy',
}
const layout: LayoutProps = {
  title: 'Pupils',
  nonce: 'n0nce',
  assets: { css: '/assets/app-1.css', js: '/assets/main-2.js', icon: '/assets/mark-3.svg' },
  footer,
  organisation: "St Botolph's",
  user: { name: 'Mrs Okafor', signOutAction: '/sign-out', hidden: { csrf: 't0ken' } },
  navigation: [
    { text: 'Home', href: '/school' },
    { text: 'Replies', href: '/school/replies', count: 3 },
    { text: 'Pupils', href: '/school/pupils', current: 'section' },
  ],
}
const html = (element: unknown): string => String(element)

describe('the layout', () => {
  test('is a document with one main, a skip link to it, and scripts that carry the nonce', async () => {
    const rendered = await asDocument(
      <Layout {...layout} hasErrors>
        Hello
      </Layout>,
    )
    expect(rendered).toMatch(/^<!doctype html><html class="govuk-template" lang="en-GB">/)
    expect(rendered).toContain('<title>Error: Pupils – St Botolph&#39;s – Schoolgate</title>')
    expect(rendered).toContain('href="#main-content"')
    expect(rendered.match(/<main /g)).toHaveLength(1)
    expect(rendered).toContain('id="main-content"')
    const scripts = rendered.match(/<script[^>]*>/g) ?? []
    expect(scripts).toHaveLength(2)
    for (const script of scripts) expect(script).toContain('nonce="n0nce"')
    expect(rendered).toContain("classList.add('js-enabled'")
  })

  test('says who is signed in, lets them out, and marks where they are', () => {
    const rendered = html(<Layout {...layout}>Hello</Layout>)
    expect(rendered).toContain('Mrs Okafor')
    expect(rendered).toMatch(
      /<form method="post" action="\/sign-out"><input type="hidden" name="csrf" value="t0ken"\/?>/,
    )
    expect(rendered).toMatch(/href="\/school\/pupils" aria-current="true"/)
    expect(rendered.match(/aria-current/g)).toHaveLength(1)
    expect(rendered).toContain('3<span class="govuk-visually-hidden"> waiting</span>')
  })

  test('shows support, data protection officer and privacy notice to everyone', () => {
    const { user: _, navigation: __, ...nobody } = layout
    const rendered = html(<Layout {...nobody}>Hello</Layout>)
    expect(rendered).toContain('href="tel:01632960123"')
    expect(rendered).toContain('href="mailto:dpo@example.org"')
    expect(rendered).toContain('href="/privacy"')
    expect(rendered).not.toContain('Sign out')
    expect(rendered).not.toContain('<nav')
  })
})

describe('a table', () => {
  const columns = [
    { head: 'Name', cell: (row: { name: string; year: number }) => row.name },
    { head: 'Year', cell: (row: { name: string; year: number }) => row.year, numeric: true },
  ]
  const rows = [{ name: 'Amara Adeyemi', year: 4 }]

  test('has a caption, heads with scope, and a label in each cell for the cards of a phone', () => {
    const rendered = html(<Table caption="Pupils" columns={columns} rows={rows} />)
    expect(rendered).toContain('Pupils</caption>')
    expect(rendered.match(/scope="col"/g)).toHaveLength(2)
    expect(rendered).toMatch(/<th scope="row"[^>]*>Amara Adeyemi/)
    expect(rendered).toContain('data-label="Year"')
  })

  test('that scrolls can be reached and is named', () => {
    const rendered = html(<Table caption="Pupils" columns={columns} rows={rows} narrow="scroll" />)
    expect(rendered).toContain('role="region" aria-label="Pupils" tabindex="0"')
  })

  test('without rows gives way to its empty state', () => {
    const rendered = html(
      <Table
        caption="Pupils"
        columns={columns}
        rows={[]}
        empty={<Empty heading="No pupils yet">Import them.</Empty>}
      />,
    )
    expect(rendered).toContain('No pupils yet')
    expect(rendered).not.toContain('<table')
  })
})

test.each([
  [1, 1, [1]],
  [1, 3, [1, 2, 3]],
  [6, 21, [1, 'gap', 5, 6, 7, 'gap', 21]],
  [4, 7, [1, 2, 3, 4, 5, 6, 7]],
  [21, 21, [1, 'gap', 20, 21]],
])('page %i of %i shows %j', (page, pages, shown) => {
  expect(shownPages(page, pages)).toEqual(shown)
})

test('one page needs no pagination', () => {
  expect(html(<Pagination page={1} pages={1} href={String} />)).toBe('')
})

test('success is announced, news is a landmark', () => {
  expect(html(<NotificationBanner kind="success">Sent</NotificationBanner>)).toContain(
    'role="alert"',
  )
  expect(html(<NotificationBanner>News</NotificationBanner>)).toContain('role="region"')
})

test('progress is said in words beside the bar', () => {
  const rendered = html(<Progress id="p" label="Snow" value={40} max={320} />)
  expect(rendered).toContain('<progress class="sg-progress__bar" id="p" value="40" max="320">')
  expect(rendered).toContain('<span class="sg-progress__text">40 of 320</span>')
})

test('a bar of shares of nothing is empty, not broken', () => {
  expect(
    html(<StackedProgress label="None" shares={[{ words: 'sent', count: 0, tone: 'blue' }]} />),
  ).not.toContain('NaN')
})

test('what is live says so until it is finished', () => {
  expect(
    html(
      <LiveProgress id="l" url="/p" announce="1 of 2">
        half
      </LiveProgress>,
    ),
  ).not.toContain('data-finished')
  expect(
    html(
      <LiveFragment finished announce="2 of 2">
        done
      </LiveFragment>,
    ),
  ).toContain('data-finished="true"')
})

test('a search posts, so that no name stands in a URL', () => {
  expect(html(<Search action="/s" label="Name" results="r" />)).toContain('method="post"')
  expect(html(<Form>x</Form>)).toContain('method="post"')
  expect(html(<Filter>x</Filter>)).toContain('method="post"')
})

test('every status has words of its own', () => {
  expect(statusWords('uncertain')).toBe('Being checked')
  expect(html(<StatusTag status="failed-permanent" />)).toContain('govuk-tag--red')
})
