import { SaxesParser } from 'saxes'
import type { FileProblem } from '../records/roster.ts'

/** A transfer file nests 9 deep; beyond this somebody is trying something. */
export const MAX_DEPTH = 50

/** Pieces that the parser is fed with, so that it can be stopped: it has no stop of its own. */
const CHUNK_CHARACTERS = 65_536

export type XmlVisitor = {
  /** A problem returned here ends the reading. `line` is where the start tag ends, from 1. */
  open: (name: string, line: number) => FileProblem | undefined
  text: (text: string) => void
  close: () => void
}

/**
 * Streams well-formed XML past the visitor. Any document type or entity declaration refuses the file before
 * anything is parsed, so neither entity expansion nor an outside reference can happen (OWASP, XXE).
 */
export function readXml(text: string, visitor: XmlVisitor): FileProblem | undefined {
  const declaration = /<!(?:DOCTYPE|ENTITY)/i.exec(text)
  if (declaration) return { reason: 'has-a-doctype', line: lineAt(text, declaration.index) }

  const state: { found: FileProblem | undefined; depth: number } = { found: undefined, depth: 0 }
  const parser = new SaxesParser({ position: true })
  const where = () => ({ line: parser.line, column: parser.column })
  parser.on('error', (error) => {
    const found = { ...inPlainWords(error.message), ...where() }
    const addsToFirst = state.found?.line === found.line && state.found.reason === found.reason
    state.found = addsToFirst ? { ...found, ...state.found } : (state.found ?? found)
  })
  parser.on('opentag', (tag) => {
    if (state.found) return
    if (++state.depth > MAX_DEPTH) state.found = { reason: 'nested-too-deep', ...where() }
    else state.found = visitor.open(localName(tag.name), parser.line)
  })
  parser.on('text', (piece) => void (state.found ? undefined : visitor.text(piece)))
  parser.on('cdata', (piece) => void (state.found ? undefined : visitor.text(piece)))
  parser.on('closetag', () => {
    state.depth--
    if (!state.found) visitor.close()
  })
  for (let at = 0; at < text.length && !state.found; at += CHUNK_CHARACTERS) {
    parser.write(text.slice(at, at + CHUNK_CHARACTERS))
  }
  if (!state.found) parser.close()
  return state.found
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

/** A prefix carries no meaning in these files, which have no namespace. */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The parser's words begin with a position, and end in what a school office need not know. */
function inPlainWords(message: string): FileProblem {
  const words = message.replace(/^[^a-z]*\d+:\d+: /i, '')
  if (words.includes('only one root')) return { reason: 'two-roots' }
  const tag = /^(?:unclosed tag|unmatched closing tag): ([\w-]{1,40})/.exec(words)?.[1]
  return tag ? { reason: 'not-well-formed', detail: tag } : { reason: 'not-well-formed' }
}
