/**
 * A value that may have some megabytes as lines of JSON: first all of it with its lists empty, then what is in each
 * list, a handful a line. Neither writing nor reading it has a second copy of the whole in memory (a Worker has
 * 128 MB), and a Worker's JSON has no writer that goes in pieces by itself.
 */
export function* toLines(value: unknown): Generator<string> {
  const lists: List[] = []
  yield JSON.stringify(hollowed(value, [], lists))
  for (const { at, all } of lists) {
    for (let start = 0; start < all.length; start += ON_A_LINE) {
      const line: Part = { at, all: all.slice(start, start + ON_A_LINE) }
      yield JSON.stringify(line)
    }
  }
}

/** The value again. Throws where a line is no JSON or belongs into no list. */
export async function fromLines<T>(lines: AsyncIterable<string>): Promise<T> {
  let whole: { value: unknown } | undefined
  for await (const line of lines) {
    if (!whole) {
      whole = { value: JSON.parse(line) }
      continue
    }
    const { at, all } = JSON.parse(line) as Part
    const list = at.reduce<unknown>((inner, name) => within(inner, name), whole.value)
    if (!Array.isArray(list)) throw new Error('A line of a kept value belongs into no list of it')
    for (const one of all) list.push(one)
  }
  if (!whole) throw new Error('A kept value has no line')
  return whole.value as T
}

/** The lines of text that comes in pieces of any size. */
export async function* linesIn(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let held: string[] = []
  for await (const piece of pieces) {
    const [first = '', ...more] = decoder.decode(piece, { stream: true }).split('\n')
    held.push(first)
    for (const next of more) {
      yield held.join('')
      held = [next]
    }
  }
  held.push(decoder.decode())
  const last = held.join('')
  if (last !== '') yield last
}

type Part = { at: string[]; all: unknown[] }
type List = { at: string[]; all: readonly unknown[] }

/** Pupils with their contacts are about 2 kB each. */
const ON_A_LINE = 50

/** The same without what is in its lists, which are noted. Lists within lists stay with what they are in. */
function hollowed(value: unknown, at: string[], lists: List[]): unknown {
  if (Array.isArray(value)) {
    lists.push({ at, all: value })
    return []
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(
    ([name, inner]) => [name, hollowed(inner, [...at, name], lists)] as const,
  )
  return Object.fromEntries(entries)
}

const within = (inner: unknown, name: string): unknown =>
  typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
    ? (inner as Record<string, unknown>)[name]
    : undefined
