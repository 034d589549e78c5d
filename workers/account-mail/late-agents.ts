import * as access from '#access'
import * as agents from '#agents'
import * as audit from '#audit'
import { atMost, describeError, isQuietHours, log } from '#kernel'
import * as schools from '#schools'
import { type Directory, type School, system } from '#shards'
import { agentLate } from './agent-late.ts'
import { posted } from './posted.ts'

/** Told of in one minute; some queries each, of the thousand that an invocation may make. */
const TOLD_A_MINUTE = 50
const WIDTH = 4

/**
 * Writes to those who import at a school whose night's data did not come: once for each time, by day. It
 * opens names and addresses, so it runs where sealed data may be opened.
 */
export async function tellOfLateAgents(
  directory: Directory,
  words: { origin: string; support: string },
): Promise<void> {
  if (isQuietHours(directory.clock.now())) return
  const late = await agents.toTell(directory, TOLD_A_MINUTE)
  await atMost(WIDTH, late, async (row) => {
    try {
      const organisation = await schools.find(directory, row.organisationId)
      const school = await directory.school(row.organisationId, system('clock'))
      const agent = school && (await agents.find(directory, school, row.id))
      if (agent && organisation && schools.isOpen(organisation)) {
        await tell(directory, school, { agent, organisation: organisation.name, ...words })
      }
      await directory.write([agents.told(directory, row.id)])
    } catch (error) {
      log('agent.not-told', { agent: row.id, ...describeError(error) })
    }
  })
}

type About = { agent: agents.Agent; organisation: string; origin: string; support: string }

/** One commit, which fails where a run that was cut short wrote already: nobody is told twice. */
async function tell(directory: Directory, school: School, about: About): Promise<void> {
  const { agent, organisation, origin, support } = about
  const everybody = await access.list(directory, school)
  const importers = everybody.filter(
    ({ state, role }) => state === 'active' && importing.includes(role),
  )
  const link = `${origin}/school/agents/${agent.id}`
  const { lastPushAtMs, name: called } = agent
  const letters = await Promise.all(
    importers.map(({ name, email }) => {
      const words = { name, email, organisation, agent: called, lastPushAtMs, link, support }
      return posted(school, agentLate(words))
    }),
  )
  const sinceMs = agent.expectedByMs ?? 0
  await school.commit(
    audit.noneSince(school, 'agent.told-late', agent.id, { because: 'no-data', sinceMs }),
    ...letters,
    audit.entry(school, 'agent.told-late', agent.id, {
      because: 'no-data',
      people: importers.length,
    }),
  )
}

/** Those who may import (PRODUCT 1). */
const importing: readonly access.Role[] = ['administrator', 'data-manager']
