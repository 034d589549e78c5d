import * as agents from '#agents'
import type { Agent, AgentId } from '#agents'
import { parseId, showShort } from '#kernel'
import { Select, Tag } from '../../kit/index.ts'
import type { SchoolVisit } from '../../route.ts'
import { healthOf, healthWords, hourWords } from '../../words/agents.ts'

export const AGENTS = '/school/agents'
export const agentPath = (id: AgentId, rest = ''): string => `${AGENTS}/${id}${rest}`

/** The agent that the path names, of this school; undefined for any other. */
export async function agentOf(visit: SchoolVisit): Promise<Agent | undefined> {
  const id = parseId('agent', visit.param('agent'))
  return id && agents.find(visit.directory, visit.school, id)
}

export const Health = ({ agent, nowMs }: { agent: Agent; nowMs: number }) => {
  const { text, tone } = healthWords[healthOf(agent, nowMs, agents.isLate)]
  return <Tag tone={tone}>{text}</Tag>
}

export const whenWords = (atMs: number | null): string =>
  atMs === null ? 'Never' : showShort(atMs)

/** When the night's data is expected. */
export const HourSelect = (props: { value?: string | undefined; error?: string | undefined }) => (
  <Select
    name="nightlyHour"
    label="When must the night’s data be there?"
    labelSize="s"
    hint={`If it is not, you and others who may import are told: here, on the home page and by e-mail`}
    options={[
      { value: '', text: `No set hour: within ${agents.SILENT_HOURS} hours of the last` },
      ...Array.from({ length: 24 }, (_, hour) => ({
        value: String(hour),
        text: `By ${hourWords(hour)}`,
      })),
    ]}
    value={props.value ?? ''}
    error={props.error}
  />
)

/** What the select sends: an hour, null for none, NaN for what it does not offer. */
export function hourIn(typed: string | undefined): number | null {
  if (typed === undefined || typed === '') return null
  return /^\d{1,2}$/.test(typed) ? Number(typed) : Number.NaN
}
