/**
 * A CSV that spreadsheets open as it is meant (RFC 4180; the mark at its beginning makes Excel read
 * UTF-8). A cell that a spreadsheet would take for a formula is given an apostrophe in front, so that
 * what somebody typed into another system never runs here (OWASP, CSV injection).
 */
export const csvText = (rows: readonly (readonly string[])[]): string => CSV_MARK + csvLines(rows)

/** What a CSV begins with, where it is written part by part. */
export const CSV_MARK = '\ufeff'

/** Further lines of one that has begun. */
export const csvLines = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')

/** What a browser must know of a CSV to keep it as a file and nowhere else. */
export const csvHeaders = (fileName: string) => ({
  'Content-Type': 'text/csv; charset=utf-8',
  'Content-Disposition': `attachment; filename="${fileName}"`,
  'Cache-Control': 'no-store',
})

const cellOf = (text: string): string => {
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
