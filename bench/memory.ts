import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Case, memoryCases, SECRETS } from './memory-cases.ts'
import { places, type Result } from './result.ts'
import type { School } from './sending.ts'
import { openWorld, type World } from './world.ts'

/** Workers limits page: of an isolate, which the Worker and its objects share. */
const LIMIT_MB = 128
/** What an import may need, so that what lies outside the heap, and what else is done beside it, has room. */
const AIM_MB = 100
/** Heaps that are tried, one after the other, until it ends in one. */
const HEAPS_MB = [64, 80, 100, 128, 192, 256, 384]
/** So long a process that died may still be listed. */
const DEATH_MS = 1_000

type Done = { ms: number; grownMb: number }

/**
 * What the heaviest that is taken needs of memory: the smallest JavaScript heap in which it ends. Looking at the heap
 * from outside shows less than there was, as the runtime answers between two turns only, and an import is a few long ones.
 */
export async function benchMemory(): Promise<Result[]> {
  const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length)
  const results: Result[] = []
  for (const one of memoryCases)
    if (only === undefined || only === one.name) results.push(await smallest(one))
  return results
}

async function smallest(one: Case): Promise<Result> {
  for (const heapMegabytes of HEAPS_MB) {
    const done = await within(heapMegabytes, one)
    if (!done) continue
    return {
      ...{ name: `memory.${one.name}`, ours: heapMegabytes, limit: LIMIT_MB },
      ...{ ratio: places(heapMegabytes / LIMIT_MB, 3), unit: 'MB of heap' },
      ...{ against: 'what an isolate has', aim: `at most ${AIM_MB} MB` },
      ...{ met: heapMegabytes <= AIM_MB, ms: Math.round(done.ms), processMb: done.grownMb },
    }
  }
  throw new Error(`${one.name} ends in no heap of up to ${HEAPS_MB.at(-1)} MB.`)
}

/** Undefined where the runtime died of it. */
async function within(heapMegabytes: number, { ready }: Case): Promise<Done | undefined> {
  const world = await openWorld({ heapMegabytes, isQuiet: true })
  try {
    const school = await world.act<School>('settle', { pupils: 0, ...SECRETS })
    const work = await ready({ world, school })
    const before = residentMb(world)
    forgetPeak(world)
    const startedMs = performance.now()
    await work()
    return { ms: performance.now() - startedMs, grownMb: places(peakMb(world) - before, 1) }
  } catch (error) {
    await pause(DEATH_MS)
    if (existsSync(`/proc/${world.workerd}`)) throw error
    return undefined
  } finally {
    await world.close()
  }
}

/** proc(5): 5 sets the peak to what is resident now. */
const forgetPeak = ({ workerd }: World): void => writeFileSync(`/proc/${workerd}/clear_refs`, '5')

/** Of the whole process, so with the databases and the bucket that production has elsewhere. */
const peakMb = (world: World): number => statusMb(world, 'VmHWM')
const residentMb = (world: World): number => statusMb(world, 'VmRSS')

function statusMb({ workerd }: World, name: string): number {
  const status = readFileSync(`/proc/${workerd}/status`, 'utf8')
  const [, kilobytes] = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status) ?? []
  if (kilobytes === undefined) throw new Error(`The process does not tell its ${name}.`)
  return (Number(kilobytes) * 1024) / 1_000_000
}
