import { showDateTime } from '#kernel'
import type { Mail } from './posted.ts'

export type AgentLateWords = {
  name: string
  email: string
  organisation: string
  /** What the school calls the program: "The office server". */
  agent: string
  /** When its data came last; null where none ever came. */
  lastPushAtMs: number | null
  /** Of the page about it. */
  link: string
  support: string
}

/** Tells those who import that the night's data did not come, so that nobody writes to last week's addresses. */
export const agentLate = (given: AgentLateWords): Mail => ({
  to: given.email,
  subject: 'Last night’s data from your school did not arrive',
  text: `Dear ${given.name},

The program “${given.agent}” at ${given.organisation} sends data from your management information system to Schoolgate every night. The data that was due did not arrive. ${lastOf(given)}

Until it does, messages go to the addresses and numbers that Schoolgate has. Changes made at the school since then are not known here, restrictions among them.

What to do: check that the computer is on and connected, and that the program runs on it. What it last said of itself is at
${given.link}

If you cannot find the cause, write to ${given.support}. You can also import a file by hand, on the page Imports.

You get this once for each time that data is missing, because you may import data at ${given.organisation}.

Schoolgate
`,
})

const lastOf = ({ lastPushAtMs }: AgentLateWords): string =>
  lastPushAtMs === null
    ? 'None has arrived from it yet.'
    : `The last arrived on ${showDateTime(lastPushAtMs)}.`
