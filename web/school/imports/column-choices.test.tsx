import { expect, test } from 'vitest'
import { beginMapping } from '#workers/mis/mappings/begin.ts'
import { TEMPLATES } from '#workers/mis/read/index.ts'
import { optionsFor } from './column-choices.tsx'

const WISHES = ['may be texted', 'may be e-mailed', 'agreed to marketing']

/** What a column can be, of which contact, in the words of the page. */
const offered = (headings: readonly string[], supplier?: 'Bromcom' | 'Arbor') =>
  optionsFor(beginMapping(headings, supplier))

test('any file’s columns may be the three wishes of each contact that it has', () => {
  const files = [
    offered(['Surname', 'Forename', 'Something']),
    ...(['Bromcom', 'Arbor'] as const).map((supplier) => {
      const known = TEMPLATES.find((each) => each.supplier === supplier)
      return offered(Object.keys(known?.columns ?? {}), supplier)
    }),
  ]
  expect(files).toHaveLength(3)
  for (const options of files) {
    for (const contact of [1, 2]) {
      const values = options.map(({ value }) => value)
      for (const wish of ['may-be-texted', 'may-be-emailed', 'agreed-to-marketing']) {
        expect(values).toContain(`contact-${contact}.${wish}`)
      }
    }
    for (const words of WISHES) {
      expect(options.some(({ text }) => text.toLowerCase().includes(words))).toBe(true)
    }
  }
})

test('a supplier’s mapping has a column for wishes that the school added chosen already', () => {
  const known = TEMPLATES.find(({ supplier }) => supplier === 'Arbor')
  const headings = [...Object.keys(known?.columns ?? {}), 'Contact 2 Marketing consent']
  const { columns } = beginMapping(headings, 'Arbor')
  expect(columns.at(-1)?.field).toBe('contact-2.agreed-to-marketing')
})
