import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Network } from './ask.ts'
import { type Config, readConfig } from './config.ts'
import { enrolByHand } from './enrol-by-hand.ts'
import { awaitReport, reportWords } from './import-report.ts'
import { look } from './hello.ts'
import { openLog } from './log.ts'
import { previewLines } from './preview.ts'
import { prepare } from './prepare.ts'
import { greetPatiently, pushFeeds, writeBacksOf } from './push-feeds.ts'
import { run } from './run.ts'
import { readSecrets, type Secrets } from './secrets.ts'
import { alone } from './single.ts'
import { status } from './status.ts'
import { VERSION } from './version.ts'
import { clockWords, problemWords } from './words.ts'
import type { World } from './world.ts'

const USAGE = `Schoolgate agent ${VERSION}

  enrol <address> <code>   introduce this machine to Schoolgate, once
  preview [feed …]         show what would be sent, and send nothing
  push [feed …]            send now
  run                      send whenever a feed is due, until stopped
  writeback                collect what goes back into the school’s system
  status                   show who this is, and how the last pushes went

  --config <file>          the configuration; schoolgate-agent.json by default
  --fingerprint <text>     with enrol: Schoolgate’s fingerprint, so that nobody is asked
  --again                  with enrol: replace the enrolment there is`

/** Exit codes: what a timer or a person’s script can tell apart. */
export const EXIT = { done: 0, failed: 1, misused: 2 } as const
type Exit = (typeof EXIT)[keyof typeof EXIT]

type Command = {
  readonly world: World
  readonly config: Config
  readonly words: readonly string[]
  readonly options: {
    readonly fingerprint?: string | undefined
    readonly again?: boolean | undefined
  }
}

const commands: Readonly<Record<string, (command: Command) => Promise<Exit>>> = {
  enrol: async ({ world, words, options }) =>
    (await enrolByHand(world, words, options)) ? EXIT.done : EXIT.failed,
  preview,
  push,
  run: runUntilStopped,
  writeback,
  status: async ({ world, config }) => {
    const { lines, isWell } = await status(world, config)
    for (const line of lines) say(line)
    return isWell ? EXIT.done : EXIT.failed
  },
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`${line}\n`)

/** Runs one command of the agent and answers its exit code. */
export async function runCommand(args: readonly string[]): Promise<Exit> {
  const read = parsed(args)
  if (!read) {
    complain(USAGE)
    return EXIT.misused
  }
  const { config: path, help, ...options } = read.values
  const [name, ...words] = read.positionals
  const act = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (help || !act) {
    say(USAGE)
    return help ? EXIT.done : EXIT.misused
  }
  const found = await readConfig(path)
  if (!found.ok) {
    for (const fault of found.faults) complain(fault)
    return EXIT.misused
  }
  const { config } = found
  const network = await networkOf(config)
  if (!network) {
    complain(`The file of “certificates” cannot be read.`)
    return EXIT.misused
  }
  const world = { state: config.state, network, log: openLog(config.logFile) }
  try {
    return await act({ world, config, words, options })
  } catch (error) {
    // What the operating system says no to, such as a full disk; anything else is a mistake of ours.
    const { code, syscall } = error as NodeJS.ErrnoException
    if (code === undefined || syscall === undefined) throw error
    return failed('fault', code)
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        config: { type: 'string', default: 'schoolgate-agent.json' },
        fingerprint: { type: 'string' },
        again: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch {
    return undefined
  }
}

async function networkOf({ proxy, certificates }: Config): Promise<Network | undefined> {
  const pem =
    certificates === undefined ? '' : await readFile(certificates, 'utf8').catch(() => undefined)
  if (pem === undefined) return undefined
  return { ...(proxy && { proxy: new URL(proxy) }), ...(pem && { certificates: pem }) }
}

/** The feeds that were named, or all; undefined where one has no such name. */
function feedsOf({ config, words }: Command): Config['feeds'] | undefined {
  const unknown = words.filter((word) => !config.feeds.some(({ name }) => name === word))
  if (unknown.length > 0) {
    complain(`No feed is called ${unknown.join(', ')}.`)
    return undefined
  }
  return words.length === 0 ? config.feeds : config.feeds.filter(({ name }) => words.includes(name))
}

async function preview(command: Command): Promise<Exit> {
  const { world } = command
  const feeds = feedsOf(command)
  if (!feeds) return EXIT.misused
  const read = await readSecrets(world.state)
  if (!read.ok) return failed(read.reason)
  const greeted = await look(world, read.secrets)
  if (!greeted.ok) return failed(greeted.code)
  let exit: Exit = EXIT.done
  for (const feed of feeds) {
    const prepared = await prepare(feed, greeted.value.allowList, world.network)
    if (prepared.ok) {
      for (const line of previewLines(feed, prepared, process.stdout.isTTY === true)) say(line)
    } else exit = failed(prepared.problem, prepared.detail, feed.name)
  }
  say('Nothing was sent.')
  return exit
}

async function push(command: Command): Promise<Exit> {
  const feeds = feedsOf(command)
  if (!feeds) return EXIT.misused
  const told = await alone(command.config.state, () => pushFeeds(command.world, feeds))
  if (!told) return failed('running')
  if (!told.ok) return failed(told.code)
  const clock = clockWords(told.value.clockAheadMs)
  if (clock !== undefined) complain(clock)
  let exit: Exit = EXIT.done
  for (const [name, pushed] of told.value.results) {
    for (const importId of pushed.importIds) {
      const outcome = await outcomeOf(command, told.value.secrets, importId)
      say(`${name}: received as ${importId}${outcome}`)
    }
    if (!pushed.ok) exit = failed(pushed.problem, pushed.detail, name)
    else if (pushed.importIds.length === 0) say(`${name}: nothing to send`)
  }
  return exit
}

/** Somebody who waits at the keyboard is told what came of it; the agent's work is done before. */
const WAIT_MS = 20_000

async function outcomeOf({ world }: Command, secrets: Secrets, importId: string): Promise<string> {
  const report = await awaitReport(world, secrets, importId, WAIT_MS)
  return report ? `, ${reportWords(report)}` : ''
}

function failed(problem: string, detail?: string, feed?: string): Exit {
  complain(`${feed === undefined ? '' : `${feed}: `}${problemWords(problem, detail)}`)
  return EXIT.failed
}

async function runUntilStopped({ world, config }: Command): Promise<Exit> {
  const stopping = new AbortController()
  // Where both the log and what stands in for it cannot be written, the data goes all the same.
  for (const out of [process.stdout, process.stderr]) out.on('error', () => undefined)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
  await run(world, config, stopping.signal)
  return EXIT.done
}

async function writeback({ world, config }: Command): Promise<Exit> {
  if (!config.writeBacks) {
    complain('The configuration has no folder for write-backs: set “writeBacks”.')
    return EXIT.misused
  }
  const done = await alone(world.state, async () => {
    const greeted = await greetPatiently(world, 3)
    return greeted.ok ? writeBacksOf(world, config, greeted.value.secrets) : greeted
  })
  if (!done) return failed('running')
  if (!done.ok) return failed(done.code, 'detail' in done ? done.detail : undefined)
  say(`Written: ${done.value}`)
  return EXIT.done
}
