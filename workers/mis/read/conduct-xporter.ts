import { type ConductRead, MAX_CONDUCT } from '../records/conduct.ts'
import { problem } from '../records/roster.ts'
import { gatherConduct, refuseConduct, startConduct } from './gather-conduct.ts'
import { fieldOf, idOf, readAnswers } from './xporter-lists.ts'
import type { XporterRecord } from './xporter-lists.ts'

/** Lists of BehaviourForDateRange and AchievementForDateRange, as Xporter's dictionary names them. */
const KINDS = [
  {
    kind: 'behaviour',
    incidents: ['behaviour', 'behaviours'],
    pupils: ['studentbehaviour', 'studentbehaviours'],
    id: 'BehaviourId',
    type: 'BehaviourType',
  },
  {
    kind: 'achievement',
    incidents: ['achievement', 'achievements'],
    pupils: ['studentachievement', 'studentachievements'],
    id: 'AchievementId',
    type: 'AchievementType',
  },
] as const

/**
 * Behaviour and achievements as Xporter answers them: what happened in one list, whom it concerns, with
 * their points, in another. Who else was there, where, and who wrote it down are not read. Xporter gives
 * out no detentions: it only takes them in.
 */
export function readXporterConduct(value: unknown, maxRows: number = MAX_CONDUCT): ConductRead {
  const read = readAnswers(value, maxRows)
  if (!read.ok) return read
  const { answers } = read
  const isAny = KINDS.some(({ incidents }) => incidents.some((name) => answers.has(name)))
  if (!isAny) return problem('not-an-export')
  const gathering = startConduct()
  for (const { kind, incidents, pupils, id, type } of KINDS) {
    const byId = new Map<string, XporterRecord>(
      answers.list(...incidents).map((incident) => [idOf(incident), incident]),
    )
    const members = answers.list(...pupils)
    if (members.length > maxRows) {
      return problem('too-many-rows', { detail: maxRows.toLocaleString('en-GB') })
    }
    for (const member of members) {
      const incident = byId.get(idOf(member, id))
      if (!incident) refuseConduct(gathering, member.line, id, 'unknown-incident')
      else {
        gatherConduct(gathering, {
          line: member.line,
          reference: fieldOf(member, 'Id'),
          pupil: { upn: null, admissionNumber: null, reference: idOf(member, 'StudentId') || null },
          kind,
          date: fieldOf(incident, 'Date'),
          type: fieldOf(incident, type),
          points: fieldOf(member, 'Points'),
          description: fieldOf(incident, 'Description'),
        })
      }
    }
  }
  return { ok: true, conduct: gathering }
}
