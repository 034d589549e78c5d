import { isStale } from '../workers/agents/push.ts'
import { keyFingerprint } from '#vault'
import type { Config } from './config.ts'
import { look } from './hello.ts'
import { type History, readHistory } from './history.ts'
import { findReport, reportWords } from './import-report.ts'
import { nextDue } from './schedule.ts'
import { bytesOf, readSecrets, type Secrets } from './secrets.ts'
import { listSpool } from './spool.ts'
import { VERSION } from './version.ts'
import { clockWords, problemWords } from './words.ts'
import type { World } from './world.ts'

export type Status = { readonly lines: readonly string[]; readonly isWell: boolean }

/** Who this agent is, how each feed last went, and whether Schoolgate answers now. It changes nothing. */
export async function status(world: World, config: Config): Promise<Status> {
  const read = await readSecrets(world.state)
  if (!read.ok) return { lines: [problemWords(read.reason)], isWell: false }
  const greeted = await look(world, read.secrets)
  const secrets = greeted.ok ? greeted.value.secrets : read.secrets
  const history = await readHistory(world.state)
  const feeds = await feedLines(world, config, history, greeted.ok ? secrets : undefined)
  const clock = greeted.ok ? clockWords(greeted.value.clockAheadMs) : undefined
  const waiting = await listSpool(world.state)
  return {
    lines: [
      ...(await whoLines(secrets)),
      greeted.ok ? 'Schoolgate answers, and has proved who it is.' : problemWords(greeted.code),
      ...(clock === undefined ? [] : [clock]),
      ...feeds.lines,
      ...writeBackLines(config, history),
      `Waiting to be sent: ${waiting.length}`,
    ],
    isWell: greeted.ok && feeds.areWell && !(config.writeBacks && history.writeBacks?.problem),
  }
}

async function whoLines({ address, agentId, organisation, serverKeys, keyPairs }: Secrets) {
  const [server] = serverKeys
  const [pair] = keyPairs
  return [
    `Agent ${agentId}, version ${VERSION}, of ${organisation.name} at ${address}`,
    `Fingerprint of this agent: ${pair ? await keyFingerprint(bytesOf(pair.publicKey)) : 'none'}`,
    `Fingerprint of Schoolgate: ${server ? await keyFingerprint(bytesOf(server.publicKey)) : 'none'}`,
  ]
}

/** What became of the last import is asked only of a Schoolgate that has proved who it is. */
async function feedLines(
  world: World,
  { feeds }: Config,
  history: History,
  secrets: Secrets | undefined,
) {
  const nowMs = Date.now()
  const lines: string[] = []
  for (const { name, schedule } of feeds) {
    const known = history.feeds[name]
    const pushed = known?.pushedAtMs === undefined ? 'never' : timeOf(known.pushedAtMs)
    const told =
      secrets && known?.importId ? await findReport(world, secrets, known.importId) : undefined
    const report = told?.ok ? `, ${reportWords(told.value)}` : ''
    const due = timeOf(nextDue(schedule, nowMs))
    const problem = known?.problem === undefined ? '' : `; last try: ${problemWords(known.problem)}`
    const age = ageWords(known?.exportedAtMs, nowMs)
    lines.push(`${name}: last received ${pushed}${report}${age}, next due ${due}${problem}`)
  }
  return { lines, areWell: feeds.every(({ name }) => history.feeds[name]?.problem === undefined) }
}

function writeBackLines(
  { writeBacks: configured }: Config,
  { writeBacks: known }: History,
): string[] {
  if (!configured) return []
  const problem = known?.problem === undefined ? '' : `: ${problemWords(known.problem)}`
  const tried = known === undefined ? 'never' : timeOf(known.triedAtMs)
  return [`Write-backs: last looked for ${tried}${problem}`]
}

/** What was sent may be old for all that it was sent last night: the school's system writes no new export. */
const ageWords = (exportedAtMs: number | undefined, nowMs: number): string =>
  exportedAtMs !== undefined && isStale(exportedAtMs, nowMs)
    ? `, from an export that is ${Math.round((nowMs - exportedAtMs) / DAY_MS)} days old`
    : ''

const DAY_MS = 86_400_000

const timeOf = (ms: number): string =>
  new Date(ms).toISOString().slice(0, 16).replace('T', ' ') + ' UTC'
