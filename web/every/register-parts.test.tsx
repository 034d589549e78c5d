import { expect, test } from 'vitest'
import type { RegisterChange } from '#schools'
import { ChangesAhead, RegisterNotice } from './register-parts.tsx'

const change: RegisterChange = {
  id: 'alder-begins',
  kind: 'begins',
  party: {
    id: 'alder',
    name: 'Alder <Text>',
    part: 'sms',
    what: 'Carries texts',
    where: 'Ireland',
    since: '2026-12-20',
    announcedOn: '2026-11-20',
  },
  on: '2026-12-20',
  announcedOn: '2026-11-20',
  products: ['call-parents', 'tell-by-text'],
}
const html = async (element: { toString(): string | Promise<string> }) =>
  (await element.toString()).replace(/\s+/g, ' ')

test('an announced change is said with its day, its announcement and the right to object', async () => {
  const page = await html(<ChangesAhead changes={[change]} support="help@schoolgate.example" />)
  for (const words of ['20 December 2026', '20 November 2026', 'Call Parents, Tell By Text']) {
    expect(page).toContain(words)
  }
  expect(page).toContain('Alder &lt;Text&gt; is used as a processor')
  expect(page).toContain('You may object')
})

test('a home page says it while it is ahead, and nothing at other times', async () => {
  const notice = await html(<RegisterNotice changes={[change]} area="/school" />)
  expect(notice).toContain('href="/school/register"')
  expect(notice).toContain('from 20 December 2026')
  const ends = { ...change, kind: 'ends' } as const
  expect(await html(<RegisterNotice changes={[ends]} area="/school" />)).toContain('no longer used')
  expect(
    await html(
      <div>
        <RegisterNotice changes={[]} area="/school" />
      </div>,
    ),
  ).toBe('<div></div>')
})
