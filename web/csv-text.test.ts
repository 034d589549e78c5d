import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { CSV_MARK, csvLines, csvText } from './csv-text.ts'

const cells = (text: string): string[] =>
  parse(csvText([[text, 'b']]), { bom: true })[0] as string[]

test('what a spreadsheet would run as a formula is text', () => {
  for (const text of ['=1+1', '+447700900123', '-2', '@SUM(A1)', '\t=1', ' =1', '\r=1']) {
    expect(cells(text)).toEqual([`'${text}`, 'b'])
  }
})

test('other text comes back as it was, whatever is in it', () => {
  for (const text of ['Zoë', 'a,b', 'say "hi"', 'two\r\nlines', '', '3-4']) {
    expect(cells(text)).toEqual([text, 'b'])
  }
})

test('it begins with the mark by which a spreadsheet knows UTF-8', () => {
  expect(csvText([['a']])).toBe('\ufeffa\r\n')
})

test('it may be written part by part', () => {
  const rows = [['a', '=b'], ['c']]
  expect(CSV_MARK + rows.map((row) => csvLines([row])).join('')).toBe(csvText(rows))
})
