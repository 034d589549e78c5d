/** A contact's name in one column, taken apart. */
export type NameParts = { title: string | null; forename: string | null; surname: string }

/**
 * "Mrs Folake Adeyemi", "Adeyemi, Folake (Mrs)", "Dr J. van der Berg", "Mum". One word is a surname: a
 * greeting ("Dear Mum") still reads, and nothing is lost.
 */
export function splitName(raw: string): NameParts {
  const { title, rest } = withoutTitle(raw)
  const comma = rest.indexOf(',')
  if (comma > 0) {
    const after = withoutTitle(rest.slice(comma + 1).trim())
    const surname = rest.slice(0, comma).trim()
    return { title: title ?? after.title, forename: after.rest || null, surname }
  }
  const words = rest.split(' ').filter((word) => word !== '')
  const particle = words.findIndex((word, index) => index > 0 && PARTICLES.has(word.toLowerCase()))
  const from = particle > 0 && particle < words.length - 1 ? particle : words.length - 1
  return {
    title,
    forename: words.slice(0, from).join(' ') || null,
    surname: words.slice(from).join(' '),
  }
}

function withoutTitle(raw: string): { title: string | null; rest: string } {
  const bracketed = /^(.*?)\s*\(([A-Za-z]+)\.?\)$/.exec(raw)
  if (bracketed && TITLES.has((bracketed[2] ?? '').toLowerCase())) {
    return { title: bracketed[2] ?? null, rest: bracketed[1] ?? '' }
  }
  const first = /^([A-Za-z]+)\.? +(?=\S)/.exec(raw)
  if (first && TITLES.has((first[1] ?? '').toLowerCase())) {
    return { title: first[1] ?? null, rest: raw.slice(first[0].length) }
  }
  return { title: null, rest: raw }
}

const TITLES = new Set([
  'mr',
  'mrs',
  'ms',
  'miss',
  'mx',
  'dr',
  'prof',
  'professor',
  'rev',
  'reverend',
  'fr',
  'father',
  'sir',
  'lady',
  'lord',
  'dame',
  'hon',
  'rabbi',
  'imam',
  'sheikh',
  'sister',
  'capt',
  'captain',
  'major',
  'col',
  'sgt',
  'judge',
])

const PARTICLES = new Set([
  'van',
  'von',
  'de',
  'der',
  'den',
  'del',
  'della',
  'di',
  'da',
  'dos',
  'das',
  'du',
  'la',
  'le',
  'bin',
  'binti',
  'ibn',
  'al',
  'el',
  'ter',
  'ten',
  'mac',
  'st',
  'ní',
  'uí',
  'ó',
  'nic',
])
