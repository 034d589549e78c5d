/**
 * A CSV that spreadsheets open as it is meant (RFC 4180; the mark at its beginning makes Excel read
 * UTF-8). A cell that a spreadsheet would take for a formula is given an apostrophe in front, so that
 * what somebody typed into another system never runs here (OWASP, CSV injection).
 */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`

const cellOf = (text: string): string => {
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
