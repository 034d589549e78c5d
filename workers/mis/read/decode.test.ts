import { describe, expect, test } from 'vitest'
import { decode, MAX_FILE_BYTES } from './decode.ts'

const TEXT = 'Surname,Forename\nNí Bhriain,Zoë\nO’Connor,José\n'
const utf8 = (text: string) => new TextEncoder().encode(text)
const bytes = (...parts: (number[] | Uint8Array)[]) =>
  Uint8Array.from(parts.flatMap((part) => [...part]))
const utf16 = (text: string, isLittle: boolean) =>
  bytes(
    ...[...text].map((letter) => {
      const code = letter.charCodeAt(0)
      return isLittle ? [code & 255, code >> 8] : [code >> 8, code & 255]
    }),
  )
const windows1252 = (text: string) =>
  Uint8Array.from([...text].map((letter) => (letter === '’' ? 0x92 : letter.charCodeAt(0))))

describe('the same names arrive whole', () => {
  test.each([
    ['UTF-8', utf8(TEXT), 'utf-8'],
    ['UTF-8 with a mark', bytes([0xef, 0xbb, 0xbf], utf8(TEXT)), 'utf-8'],
    ['UTF-16 LE with a mark', bytes([0xff, 0xfe], utf16(TEXT, true)), 'utf-16le'],
    ['UTF-16 BE with a mark', bytes([0xfe, 0xff], utf16(TEXT, false)), 'utf-16be'],
    ['Windows-1252', windows1252(TEXT), 'windows-1252'],
  ])('from %s', (_, input, encoding) => {
    expect(decode(input)).toEqual({ ok: true, text: TEXT, encoding })
  })

  test.each([true, false])('from UTF-16 without a mark, little end first: %s', (isLittle) => {
    const plain = 'Surname,Forename\nMarsh,Teddy\n'
    expect(decode(utf16(plain, isLittle))).toMatchObject({ ok: true, text: plain })
  })

  test('the euro and the dashes of Windows-1252 are what they look like, not controls', () => {
    expect(decode(Uint8Array.from([0x80, 0x20, 0x96, 0x20, 0x8a, 0xe9]))).toMatchObject({
      text: '€ – Šé',
    })
  })
})

describe('an XML declaration decides', () => {
  const xml = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>Zo\u00eb</a>`

  test('Latin-1 is read as Windows-1252, as browsers do', () => {
    expect(decode(windows1252(xml('ISO-8859-1')))).toMatchObject({ text: xml('ISO-8859-1') })
  })
  test('UTF-16 declared over single bytes cannot be, so they are read as they are', () => {
    expect(decode(utf8(xml('UTF-16')))).toMatchObject({ encoding: 'utf-8', text: xml('UTF-16') })
  })
  test('an encoding we do not read is named', () => {
    expect(decode(utf8(xml('Shift_JIS')))).toEqual({
      ok: false,
      problem: { reason: 'unknown-encoding', detail: 'Shift_JIS' },
    })
  })
})

describe('what is not a text file is told apart', () => {
  const zip = [0x50, 0x4b, 0x03, 0x04]
  test.each([
    ['nothing', bytes(), 'empty-file'],
    ['only blank lines', utf8(' \r\n\r\n'), 'empty-file'],
    ['Excel', bytes(zip, utf8('......[Content_Types].xml')), 'spreadsheet-not-csv'],
    [
      'LibreOffice',
      bytes(zip, utf8('mimetypeapplication/vnd.oasis.opendocument.spreadsheet')),
      'spreadsheet-not-csv',
    ],
    ['old Excel', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'spreadsheet-not-csv'],
    ['a zip', bytes(zip, utf8('pupils.csv')), 'compressed-file'],
    ['gzip', bytes([0x1f, 0x8b, 8, 0]), 'compressed-file'],
    ['a PDF', utf8('%PDF-1.7'), 'pdf-file'],
    ['a photograph', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46]), 'not-a-text-file'],
    ['a NUL in a name', utf8('Surname,Forename\nMa\0rsh,Teddy\n'), 'not-a-text-file'],
  ])('%s', (_, input, reason) => {
    expect(decode(input)).toMatchObject({ ok: false, problem: { reason } })
  })

  test('one byte over the limit', () => {
    expect(decode(new Uint8Array(MAX_FILE_BYTES).fill(0x61))).toMatchObject({ ok: true })
    expect(decode(new Uint8Array(MAX_FILE_BYTES + 1).fill(0x61))).toMatchObject({
      problem: { reason: 'too-big', detail: '12.0' },
    })
  })
})
