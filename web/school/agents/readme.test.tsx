import { expect, test } from 'vitest'
import { program } from '../../agent-program.ts'
import { blocksOf, Readme } from './readme.tsx'

const shown = async (text: string) => String(await (<Readme text={text} />))

test('headings, paragraphs, lists, steps and tables are shown as such', async () => {
  const html = await shown(
    '# One\n\nTwo\nlines.\n\n## Three\n\n- a\n  b\n- c\n\n1. d\n2. e\n\n| `f` | g |\n|---|---|\n| `h` | i |\n',
  )
  expect(html).toContain('<h1 class="govuk-heading-l">One</h1>')
  expect(html).toContain('<p class="govuk-body">Two lines.</p>')
  expect(html).toContain('Three</h2>')
  expect(html).toContain('<li>a b</li><li>c</li></ul>')
  expect(html).toContain('<li>d</li><li>e</li></ol>')
  expect(html).toMatch(/<caption [^>]*>Three<\/caption>/)
  expect(html).toContain('<code class="sg-typed">h</code>')
})

test('nothing that stands in it becomes markup', async () => {
  expect(await shown('Type `<code>` & **<b>** <i>')).toContain(
    'Type <code class="sg-typed">&lt;code&gt;</code> &amp; <strong>&lt;b&gt;</strong> &lt;i&gt;',
  )
})

test('the agent’s README uses nothing that this page cannot show: keep to what readme.tsx names', async () => {
  expect(blocksOf(program.readme).length).toBeGreaterThan(20)
  const words = program.readme.replaceAll(/`[^`\n]*`/g, '')
  expect(words.match(/`|\]\(|^(#{3,}|>|\* |\d\) )|<\w/m)).toBeNull()
  const tables = blocksOf(program.readme).filter(({ kind }) => kind === 'table')
  expect(tables.length).toBeGreaterThan(2)
  for (const { lines } of tables)
    expect(new Set(lines.map((line) => line.split('|').length)).size, lines[0]).toBe(1)
})
