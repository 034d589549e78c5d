import type { UploadedFile } from './person.ts'

const MEGABYTE = 1_000_000

const file = (name: string, content: string | Buffer): UploadedFile => ({
  name,
  mimeType: name.endsWith('.xml') ? 'text/xml' : 'text/csv',
  buffer: Buffer.from(content as string),
})

const bomb = `<?xml version="1.0"?>
<!DOCTYPE CTfile [${['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
  .map(
    (name, index, names) =>
      `<!ENTITY ${name} "${index ? `&${names[index - 1]};`.repeat(10) : 'ha'}">`,
  )
  .join('')}]>
<CTfile>&i;</CTfile>`

/** Files that cannot be read, with what the page says of each. */
export const badFiles: [file: UploadedFile, says: string | RegExp][] = [
  [file('empty.csv', ''), 'The file is empty.'],
  [
    file('photo.csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')),
    'This is not a CSV or XML file.',
  ],
  [
    file('pupils.xlsx', Buffer.from('504b0304140006000800000021', 'hex')),
    /This is a (spreadsheet|compressed)/,
  ],
  [file('pupils.pdf', '%PDF-1.7\n1 0 obj\n'), 'This is a PDF'],
  [file('broken.xml', '<?xml version="1.0"?><CTfile><Header></CTfile>'), /the XML breaks here/i],
  [file('bomb.xml', bomb), /document type declaration/],
  [file('line.csv', 'x'.repeat(10 * MEGABYTE)), /far too long|Only one column/],
  [
    file('other.xml', '<?xml version="1.0"?><orders><order/></orders>'),
    'This is not a Common Transfer File',
  ],
]

/** Larger than any list of pupils. */
export const hugeFile = file('huge.csv', Buffer.alloc(25 * MEGABYTE, 'Surname,Forename\n'))

const roster = (surname: string, number: number): string =>
  `UPN,Adno,Legal Surname,Legal Forename,DOB,Year Group\r\n,00900${number},${surname},Zoë,14/04/2020,Year 2\r\n`

/** What older systems still write: not UTF-8, and readable all the same. */
export const foreignFiles: [file: UploadedFile, surname: string][] = [
  [
    file(
      'utf16.csv',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(roster('Müller', 1), 'utf16le')]),
    ),
    'Müller',
  ],
  [file('windows.csv', Buffer.from(roster('Fernández', 2), 'latin1')), 'Fernández'],
]
