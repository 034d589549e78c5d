import { describe, expect, test } from 'vitest'

import * as kit from './index.ts'
import {
  BackLink,
  BarChart,
  Breadcrumbs,
  Button,
  ButtonGroup,
  ButtonLink,
  Checkbox,
  Checkboxes,
  DateTimeInput,
  Details,
  Empty,
  ErrorSummary,
  FileUpload,
  Filter,
  FilterLayout,
  Footer,
  Form,
  Header,
  Hidden,
  Inset,
  Layout,
  LiveFragment,
  LiveProgress,
  Logo,
  NotificationBanner,
  PageHeading,
  Pagination,
  Panel,
  PhaseBanner,
  Progress,
  Radios,
  Search,
  SearchResults,
  Select,
  SmsTextarea,
  StackedProgress,
  Stat,
  Stats,
  StatusTag,
  SummaryList,
  SupportBanner,
  Table,
  Tag,
  TaskList,
  TextInput,
  Textarea,
  Thread,
  Timeline,
  Warning,
  type LayoutProps,
} from './index.ts'

const nasty = `<script>alert("O'Brien")</script>`
const escaped = '&lt;script&gt;alert(&quot;O&#39;Brien&quot;)&lt;/script&gt;'

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

/** Each component with nasty text wherever text goes. */
const all: Record<string, unknown> = {
  BackLink: <BackLink href="/x" text={nasty} />,
  BarChart: (
    <BarChart caption={nasty} heads={[nasty, 'Texts']} bars={[{ label: nasty, value: 2 }]} />
  ),
  Breadcrumbs: <Breadcrumbs crumbs={[{ text: nasty, href: '/' }, { text: nasty }]} />,
  Button: (
    <Button value={nasty} name="go">
      {nasty}
    </Button>
  ),
  ButtonGroup: <ButtonGroup>{nasty}</ButtonGroup>,
  ButtonLink: <ButtonLink href="/x">{nasty}</ButtonLink>,
  Checkbox: <Checkbox name="sure" label={nasty} hint={nasty} error={nasty} />,
  Checkboxes: (
    <Checkboxes
      name="who"
      label={nasty}
      hint={nasty}
      error={nasty}
      choices={[{ value: nasty, text: nasty, hint: nasty }]}
    />
  ),
  DateTimeInput: <DateTimeInput name="at" label={nasty} date={nasty} time={nasty} error={nasty} />,
  Details: <Details summary={nasty}>{nasty}</Details>,
  Empty: <Empty heading={nasty}>{nasty}</Empty>,
  ErrorSummary: <ErrorSummary errors={[{ field: 'a', message: nasty }, { message: nasty }]} />,
  FileUpload: <FileUpload name="file" label={nasty} hint={nasty} error={nasty} />,
  Filter: <Filter chosen={[{ text: nasty, name: 'year', value: nasty }]}>{nasty}</Filter>,
  FilterLayout: <FilterLayout filter={nasty}>{nasty}</FilterLayout>,
  Footer: <Footer {...footer} support={{ text: nasty, href: '/s', hours: nasty }} />,
  Form: (
    <Form action="/x" hidden={{ key: nasty }}>
      {nasty}
    </Form>
  ),
  Header: <Header organisation={nasty} user={{ name: nasty, role: nasty, signOutAction: '/o' }} />,
  Hidden: <Hidden fields={{ key: nasty }} />,
  Inset: <Inset>{nasty}</Inset>,
  Layout: (
    <Layout {...layout} title={nasty}>
      {nasty}
    </Layout>
  ),
  LiveFragment: <LiveFragment announce={nasty}>{nasty}</LiveFragment>,
  LiveProgress: (
    <LiveProgress id="l" url="/p" announce={nasty}>
      {nasty}
    </LiveProgress>
  ),
  Logo: <Logo />,
  NotificationBanner: (
    <NotificationBanner heading={nasty} title={nasty}>
      {nasty}
    </NotificationBanner>
  ),
  PageHeading: (
    <PageHeading caption={nasty} actions={nasty}>
      {nasty}
    </PageHeading>
  ),
  Pagination: <Pagination page={2} pages={9} of={nasty} href={(page) => `/p/${page}`} />,
  Panel: <Panel title={nasty}>{nasty}</Panel>,
  PhaseBanner: <PhaseBanner tag={nasty}>{nasty}</PhaseBanner>,
  Progress: <Progress id="p" label={nasty} value={1} max={2} text={nasty} />,
  Radios: (
    <Radios name="to" label={nasty} choices={[{ value: 'a', text: nasty, reveals: nasty }]} />
  ),
  Search: <Search action="/s" label={nasty} results="r" value={nasty} hint={nasty} />,
  SearchResults: (
    <SearchResults id="r" announce={nasty}>
      {nasty}
    </SearchResults>
  ),
  Select: (
    <Select name="s" label={nasty} prompt={nasty} options={[{ value: nasty, text: nasty }]} />
  ),
  SmsTextarea: <SmsTextarea name="text" label={nasty} value={nasty} error={nasty} />,
  StackedProgress: (
    <StackedProgress label={nasty} shares={[{ words: nasty, count: 1, tone: 'green' }]} />
  ),
  Stat: <Stat count={nasty} words={nasty} href="/x" note={nasty} />,
  Stats: <Stats label={nasty}>{nasty}</Stats>,
  StatusTag: <StatusTag status="delivered" />,
  SummaryList: (
    <SummaryList
      title={nasty}
      rows={[{ key: nasty, value: nasty, action: { text: nasty, href: '/c', hidden: nasty } }]}
    />
  ),
  SupportBanner: (
    <SupportBanner label={nasty} action={<Button>{nasty}</Button>}>
      {nasty}
    </SupportBanner>
  ),
  Table: (
    <Table caption={nasty} columns={[{ head: nasty, cell: (row: string) => row }]} rows={[nasty]} />
  ),
  Tag: <Tag tone="red">{nasty}</Tag>,
  TaskList: <TaskList id="t" tasks={[{ title: nasty, href: '/t', hint: nasty, status: nasty }]} />,
  TextInput: (
    <TextInput name="n" label={nasty} value={nasty} hint={nasty} error={nasty} prefix={nasty} />
  ),
  Textarea: <Textarea name="t" label={nasty} value={nasty} />,
  Thread: (
    <Thread
      label={nasty}
      items={[
        { id: '1', direction: 'received', who: nasty, text: nasty, when: 'now', at: '2026-11-23' },
      ]}
    />
  ),
  Timeline: (
    <Timeline
      items={[{ title: nasty, by: nasty, when: 'now', at: '2026-11-23', description: nasty }]}
    />
  ),
  Warning: <Warning>{nasty}</Warning>,
}
const showNoTypedText = ['Logo', 'StatusTag']

describe('every component', () => {
  test('is here', () => {
    const components = Object.keys(kit).filter((name) => /^[A-Z]/.test(name))
    expect(components.length).toBeGreaterThan(40)
    expect(Object.keys(all).sort()).toEqual(components.sort())
  })

  test.each(Object.entries(all))('%s escapes and obeys the content policy', (name, element) => {
    const rendered = html(element)
    expect(rendered).not.toContain('<script>alert')
    if (!showNoTypedText.includes(name)) expect(rendered).toContain(escaped)
    expect(rendered).not.toMatch(/\sstyle=/)
    expect(rendered).not.toMatch(/\son[a-z]+=/)
    expect(rendered).not.toContain('[object')
    expect(rendered).not.toContain('undefined')
  })

  test.each(Object.entries(all))('%s points only at ids that exist, each once', (_, element) => {
    const rendered = html(element)
    const ids = [...rendered.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1])
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, list] of rendered.matchAll(
      /\s(?:aria-describedby|aria-labelledby|for|data-reveals|popovertarget)="([^"]+)"/g,
    ))
      for (const id of list?.split(' ') ?? []) expect(ids).toContain(id)
  })
})
