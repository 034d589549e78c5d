import { describe, expect, test } from 'vitest'

import {
  Checkboxes,
  DateTimeInput,
  ErrorSummary,
  FileUpload,
  Radios,
  Select,
  Textarea,
  TextInput,
} from './index.ts'

const html = (element: unknown): string => String(element)

describe('a field with an error', () => {
  const fields = {
    TextInput: <TextInput name="f" label="Name" hint="In full" error="Enter a name" value="kept" />,
    Textarea: <Textarea name="f" label="Text" hint="In full" error="Enter a name" value="kept" />,
    Select: (
      <Select
        name="f"
        label="Year"
        hint="In full"
        error="Enter a name"
        options={[{ value: 'kept', text: 'kept' }]}
        value="kept"
      />
    ),
    FileUpload: <FileUpload name="f" label="File" hint="In full" error="Enter a name" />,
  }
  test.each(Object.entries(fields))('%s names its hint and error, in that order', (_, field) => {
    const rendered = html(field)
    expect(rendered).toContain('aria-describedby="f-hint f-error"')
    expect(rendered).toContain('aria-invalid="true"')
    expect(rendered).toContain('<label class="govuk-label" for="f">')
    expect(rendered).toMatch(/id="f-error"[^>]*>.*Error: .*Enter a name/)
  })

  test('a group of answers is a fieldset described by its error, and the summary lands on the first answer', () => {
    const rendered = html(
      <Radios
        name="to"
        label="Who?"
        error="Choose one"
        choices={[
          { value: 'a', text: 'A' },
          { value: 'b', text: 'B' },
        ]}
      />,
    )
    expect(rendered).toContain('<fieldset class="govuk-fieldset" aria-describedby="to-error">')
    expect(rendered).toMatch(/id="to"[^>]*value="a"/)
    expect(rendered).toMatch(/id="to-2"[^>]*value="b"/)
  })

  test('only the wrong half of a date and time is marked', () => {
    const rendered = html(
      <DateTimeInput
        name="at"
        label="When"
        date="2026-11-23"
        time="25:00"
        error="No such time"
        wrong="time"
      />,
    )
    expect(rendered).toMatch(/name="at-time"[^>]*aria-invalid="true"/)
    expect(rendered).not.toMatch(/name="at-date"[^>]*aria-invalid/)
  })

  test('without one nothing is marked', () => {
    const rendered = html(<TextInput name="f" label="Name" />)
    expect(rendered).not.toContain('aria-invalid')
    expect(rendered).not.toContain('aria-describedby')
    expect(rendered).not.toContain('--error')
  })
})

describe('what was typed', () => {
  test('is kept', () => {
    expect(html(<TextInput name="f" label="Name" value="Ana" />)).toContain('value="Ana"')
    expect(html(<Textarea name="f" label="Text" value={'\nfirst'} />)).toContain(
      '>\n\nfirst</textarea>',
    )
    expect(
      html(<Select name="f" label="Y" options={[{ value: '4', text: 'Four' }]} value="4" />),
    ).toContain('value="4" selected')
    const boxes = html(
      <Checkboxes
        name="f"
        label="Y"
        values={['b']}
        choices={[
          { value: 'a', text: 'A' },
          { value: 'b', text: 'B' },
        ]}
      />,
    )
    expect(boxes).toMatch(/value="b" checked/)
    expect(boxes).not.toMatch(/value="a" checked/)
  })

  test('is not, if it is a password', () => {
    expect(
      html(<TextInput name="p" label="Password" type="password" value="hunter2 hunter2" />),
    ).not.toContain('hunter2')
  })
})

describe('the error summary', () => {
  test('links each error to its field and is announced', () => {
    const rendered = html(
      <ErrorSummary errors={{ name: 'Enter a name', form: 'The budget is used up' }} />,
    )
    expect(rendered).toContain('role="alert"')
    expect(rendered).toContain('<a href="#name">Enter a name</a>')
    expect(rendered).toContain('<li>The budget is used up</li>')
  })

  test('is absent without errors', () => {
    expect(html(<ErrorSummary errors={[]} />)).toBe('')
    expect(html(<ErrorSummary errors={{}} />)).toBe('')
  })
})
