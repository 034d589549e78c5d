import type { Agent, isLate, PushState } from '#agents'
import type { Tone } from '../kit/index.ts'

/** Why a form about an agent is refused. */
export const agentRefusals = {
  'no-name': 'Enter a name for the program, like “Office server”',
  'too-long': 'The name must be 60 characters or fewer',
  'not-an-hour': 'Choose when the data is expected',
  'too-many-agents': 'There are ten already. Revoke one that is not used any more',
  'no-such-agent': 'This agent was revoked meanwhile',
  'enrolled-already': 'This agent has taken its place meanwhile, or somebody made another code',
  'changed-meanwhile': 'The agent’s keys were changed at this very moment. Try again',
} as const satisfies Record<string, string>

export type AgentHealth = 'enrolling' | 'expired' | 'late' | 'silent' | 'well' | 'revoked'

export const healthWords: Record<AgentHealth, { text: string; tone: Tone }> = {
  enrolling: { text: 'Waiting for its code', tone: 'blue' },
  expired: { text: 'Code has expired', tone: 'grey' },
  late: { text: 'Data is missing', tone: 'red' },
  silent: { text: 'No data yet', tone: 'yellow' },
  well: { text: 'At work', tone: 'green' },
  revoked: { text: 'Revoked', tone: 'grey' },
}

type Lateness = typeof isLate

/** What is to be said of an agent first. */
export function healthOf(agent: Agent, nowMs: number, late: Lateness): AgentHealth {
  if (agent.state === 'revoked') return 'revoked'
  if (agent.state === 'enrolling') {
    return agent.codeExpiresAtMs !== null && agent.codeExpiresAtMs > nowMs ? 'enrolling' : 'expired'
  }
  if (late(agent, nowMs)) return 'late'
  return agent.lastPushAtMs === null ? 'silent' : 'well'
}

/** Of what has not become an import that is there: it is on its way, or its import is long forgotten. */
export const pushStateWords: Record<PushState, string> = {
  arriving: 'On its way',
  received: 'Being read',
  opened: 'Read',
  refused: 'Could not be read',
}

/** Registers are never sent whole, whatever the agent says: what is not in a push stays. */
export function whichWords(kind: string, scope: string): string {
  if (kind === 'registers') return 'Marks, added to what is here'
  if (scope !== 'full') return 'Some'
  return EVERYBODY.includes(kind) ? 'Everybody' : 'Everything of its days'
}

const EVERYBODY: readonly string[] = ['roster', 'staff', 'consents']

/** "2am", "midday": an hour of the day. */
export function hourWords(hour: number): string {
  if (hour === 0) return 'midnight'
  if (hour === 12) return 'midday'
  return `${hour % 12}${hour < 12 ? 'am' : 'pm'}`
}
