import { type Millipence } from '#kernel'
import * as schools from '#schools'
import type { School } from '#shards'
import { type Body, bodyFor, isTooLong, longestOf, partsOf, priceOf } from './body.ts'
import type { Sender } from './compose.ts'
import { type Message, neededFor } from './message.ts'
import { MAX_RECIPIENTS, resolve } from './resolve.ts'
import { type LeftOut, leftOutRules, type Trace } from './trace.ts'

export type CheckProblem =
  | 'nobody-to-send-to'
  | 'too-many-recipients'
  | 'too-long-when-filled'
  | 'not-enough-credit'

/** What would happen if the message went now. Nothing of it is kept: at its time it is worked out anew. */
export type Preview = {
  /** Texts or e-mails: one for each number or address. */
  recipients: number
  people: number
  pupils: number
  parts: number
  longest: Body | undefined
  price: Millipence
  creditBefore: Millipence
  creditAfter: Millipence
  leftOut: LeftOutGroup[]
  samples: Sample[]
  problems: CheckProblem[]
}

/** Those left out by one rule; `names` are the first of them. */
export type LeftOutGroup = { rule: LeftOut; count: number; names: string[] }
export type Sample = { to: string; subject: string | null; text: string }

export const MAX_NAMES = 50
export const MAX_SAMPLES = 3

/** Works out who would get the message, who would not and why, and what it would cost. */
export async function check(school: School, message: Message, sender: Sender): Promise<Preview> {
  const { smsPriceMillipence } = sender
  const [{ chosen, traces }, creditBefore] = await Promise.all([
    resolve(school, message),
    schools.balance(school),
  ])
  const bodies = chosen.map((to) => bodyFor({ ...message, smsPriceMillipence }, to))
  const price = priceOf(bodies)
  const creditAfter = (creditBefore - price) as Millipence
  return {
    recipients: bodies.length,
    people: countOf(chosen.flatMap((one) => one.people)),
    pupils: countOf(chosen.flatMap((one) => one.pupils)),
    parts: partsOf(bodies),
    longest: longestOf(bodies),
    price,
    creditBefore,
    creditAfter,
    leftOut: groupsOf(traces),
    samples: samplesOf(bodies),
    problems: problemsOf(message, bodies, creditBefore >= neededFor(message, price)),
  }
}

const countOf = (list: readonly { id: string }[]): number => new Set(list.map(({ id }) => id)).size

function groupsOf(traces: readonly Trace[]): LeftOutGroup[] {
  return leftOutRules
    .map((rule) => ({ rule, of: traces.filter((trace) => trace.rule === rule) }))
    .filter(({ of }) => of.length > 0)
    .map(({ rule, of }) => ({ rule, count: of.length, names: of.slice(0, MAX_NAMES).map(nameOf) }))
}

/** "Karl Marsh, for Teddy Marsh"; the pupil alone where it is the pupil who has nobody. */
const nameOf = ({ personName, pupilName }: Trace): string =>
  personName !== null && pupilName !== null && personName !== pupilName
    ? `${personName}, for ${pupilName}`
    : (personName ?? pupilName ?? '')

/** The longest, since it costs most, then the first others. */
function samplesOf(bodies: readonly Body[]): Sample[] {
  const longest = longestOf(bodies)
  const shown = new Map<string, Sample>()
  for (const body of longest ? [longest, ...bodies] : []) {
    if (shown.size === MAX_SAMPLES) break
    const to = body.to.people.map(({ name }) => name).join(' and ')
    const { subject, text } = body
    if (!shown.has(`${subject}\n${text}`)) shown.set(`${subject}\n${text}`, { to, subject, text })
  }
  return [...shown.values()]
}

function problemsOf(
  message: Message,
  bodies: readonly Body[],
  isAffordable: boolean,
): CheckProblem[] {
  const problems: [CheckProblem, boolean][] = [
    ['nobody-to-send-to', bodies.length === 0],
    ['too-many-recipients', bodies.length > MAX_RECIPIENTS],
    ['too-long-when-filled', bodies.some(isTooLong)],
    ['not-enough-credit', !isAffordable],
  ]
  return problems.filter(([, holds]) => holds).map(([problem]) => problem)
}
