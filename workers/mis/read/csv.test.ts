import { describe, expect, test } from 'vitest'
import { MAX_COLUMNS, MAX_LINE_CHARACTERS, MAX_ROWS, readCsv } from './csv.ts'
import type { CsvRow } from './csv.ts'

function read(text: string) {
  const rows: CsvRow[] = []
  return { ...readCsv(text, (row) => void rows.push(row)), rows }
}

describe('rows', () => {
  test('cells are trimmed, inner breaks become spaces, blank rows are passed over', () => {
    const { rows, ...result } = read(
      'Surname , Forename,Note\r\n"Marsh",  Teddy  ,"two\r\nlines"\r\n\r\n,,\r\n"O""Dea",Zoë,"a, b"\r\n',
    )
    expect(result).toEqual({ ok: true, headers: ['Surname', 'Forename', 'Note'], rowCount: 2 })
    expect(rows).toEqual([
      { line: 2, cells: ['Marsh', 'Teddy', 'two lines'] },
      { line: 6, cells: ['O"Dea', 'Zoë', 'a, b'] },
    ])
  })

  test.each([
    ['semicolons', 'A;B\n1,5;2\n', ['1,5', '2']],
    ['tabs', 'A\tB\n1;5\t2\n', ['1;5', '2']],
    ['Excel says which', 'sep=;\nA;B\n1,5;2\n', ['1,5', '2']],
    ['a comma in a quoted heading', '"A, or so";B\n1;2\n', ['1', '2']],
    ['old Mac line ends', 'A,B\r1,2\r', ['1', '2']],
    ['no line end at the end', 'A,B\n1,2', ['1', '2']],
    ['empty cells beyond the headings', 'A,B\n1,2,,\n', ['1', '2', '', '']],
  ])('%s', (_, text, cells) => {
    expect(read(text).rows.map((row) => row.cells)).toEqual([cells])
  })

  test('lines are counted from the top of the file, whatever is skipped', () => {
    expect(read('sep=;\nA;B\n\n1;2\n').rows).toMatchObject([{ line: 4 }])
    expect(read('\n\nA,B\n1,2\n').rows).toMatchObject([{ line: 4 }])
  })

  test('an unnamed column gets a name, and invisible characters go', () => {
    expect(read('A,,B\n\u200bMar\u00adsh\u202e,2,3\n')).toMatchObject({
      headers: ['A', 'Column 2', 'B'],
      rows: [{ cells: ['Marsh', '2', '3'] }],
    })
  })
})

describe('what is wrong is said with its line', () => {
  const good = 'Surname,Forename\nMarsh,Teddy\n'
  test.each([
    [
      'a cell too few',
      `${good}Nowak\n`,
      { reason: 'wrong-number-of-cells', line: 3, detail: '1 of 2' },
    ],
    [
      'a cell too many',
      `${good}Nowak,Zofia,4B\n`,
      { reason: 'wrong-number-of-cells', line: 3, detail: '3 of 2' },
    ],
    ['a stray quote', `${good}Smith,Robert "Bob"\n`, { reason: 'stray-quote', line: 3 }],
    ['text after a closing quote', `${good}"Smith"s,Bob\n`, { reason: 'stray-quote', line: 3 }],
    [
      'a quote never closed',
      `${good}"Smith,Bob\nNowak,Zofia\n`,
      { reason: 'quote-not-closed', line: 3 },
    ],
    ['one column', 'Surname\nMarsh\n', { reason: 'single-column', line: 1 }],
    ['headings only', 'Surname,Forename\n', { reason: 'no-rows' }],
    ['too many columns', `${'A,'.repeat(MAX_COLUMNS)}A\n`, { reason: 'too-many-columns', line: 1 }],
    [
      'too many rows',
      `A,B\n${'1,2\n'.repeat(MAX_ROWS + 1)}`,
      { reason: 'too-many-rows', line: MAX_ROWS + 2 },
    ],
    [
      'a long line',
      `A,B\n1,${'x'.repeat(MAX_LINE_CHARACTERS)}\n`,
      { reason: 'line-too-long', line: 2 },
    ],
  ])('%s', (_, text, problem) => {
    expect(read(text)).toMatchObject({ ok: false, problem })
  })

  test('ten million characters of one line are refused at once', () => {
    const started = performance.now()
    expect(read('x,'.repeat(5_000_000))).toMatchObject({
      problem: { reason: 'line-too-long', line: 1 },
    })
    expect(performance.now() - started).toBeLessThan(500)
  })

  test('a quote left open at the top of a big file is found there, not at its end', () => {
    expect(read(`A,B\n"1,2\n${'3,4\n'.repeat(200_000)}`)).toMatchObject({
      problem: { reason: 'quote-not-closed', line: 2 },
    })
  })
})
