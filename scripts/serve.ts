import { castUsers } from '../test/cast/accounts.ts'
import { appLink, inGroups } from '../workers/access/factors/totp.ts'
import { buildUi } from './build-ui.ts'
import { bundle } from './serving/bundle.ts'
import { claim, expectFree } from './serving/claim.ts'
import { startCron } from './serving/cron.ts'
import { migrate } from './serving/migrate.ts'
import { openRuntime } from './serving/runtime.ts'
import { openSandbox } from './serving/sandbox.ts'
import { type Secrets, secretsIn } from './serving/secrets.ts'
import { seedOnce, type SeededWith } from './serving/seed.ts'
import { readServeSettings, type ServeSettings } from './serving/settings.ts'

const startedMs = Date.now()
/** What has been opened, in order; it is closed the other way round. */
const opened: (() => unknown)[] = []

stopOnSignals()
// `npm start` itself is gone, however it went, and nobody could stop this process any more.
process.once('disconnect', () => void stop(0))

try {
  await serve(readServeSettings(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await stop(1)
}

/** Builds, seeds a new state, starts the sandbox, the Worker and its minutes. Throws a sentence. */
async function serve(settings: ServeSettings): Promise<void> {
  const { port, stateDir, cronEveryMs } = settings
  const origin = `http://localhost:${port}`
  const claimed = claim(stateDir, origin)
  opened.push(claimed.release)
  await expectFree(port, 'PORT')

  if (await buildUi()) say('The styles and scripts of the pages are built.')
  const secrets = secretsIn(stateDir)
  const vars = varsFor(origin, settings, secrets)
  const worker = await bundle('workers/main.ts')
  const seeded = await seedOnce(stateDir, vars, {
    password: settings.seedPassword,
    totp: settings.seedTotp,
  })
  if (settings.hasSandbox) {
    const { sandboxPort, sandboxStateDir } = settings
    const place = { port: sandboxPort, stateDir: sandboxStateDir, callbackUrl: origin }
    const sandbox = await openSandbox({ ...place, secrets, leftBehind: claimed.leftBehind })
    opened.push(sandbox.stop)
    claimed.sandboxStarted(sandbox.pid)
  }

  const runtime = await openRuntime({ script: worker, stateDir, port, vars })
  opened.push(() => runtime.dispose())
  // Miniflare has put its own there, which end the process before everything is closed.
  stopOnSignals()
  const migrated = await migrate(runtime)
  if (migrated > 0) say(`The databases are brought up to date: ${migrated} migrations.`)
  opened.push(startCron(runtime, cronEveryMs))
  welcome(origin, settings, seeded)
}

function varsFor(origin: string, { sandboxPort }: ServeSettings, secrets: Secrets) {
  const SANDBOX_URL = `http://127.0.0.1:${sandboxPort}`
  return { ...secrets, ENVIRONMENT: 'development', ORIGIN: origin, SANDBOX_URL }
}

function welcome(origin: string, settings: ServeSettings, seeded: SeededWith | undefined): void {
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1)
  say(`\nSchoolgate is ready after ${seconds} s.\n`)
  say(`  Sign in              ${origin}/sign-in`)
  if (settings.hasSandbox) {
    say(`  The parents’ phones  http://localhost:${settings.sandboxPort}/phones`)
    say(`  Their inboxes        http://localhost:${settings.sandboxPort}/inboxes`)
  }
  say('\nWho can sign in:\n')
  for (const { email, name, role } of Object.values(castUsers)) {
    say(`  ${email.padEnd(28)} ${name}, ${role.replaceAll('-', ' ')}`)
  }
  if (seeded) sayOnce(seeded)
  else say('\nTheir password, and the key of their app, were shown when the data was made.')
  say(`To start afresh, stop this and remove ${settings.stateDir}. Ctrl-C stops it.\n`)
}

/** Whoever must have a second factor has the same authenticator app: any that takes this key will do. */
function sayOnce({ password, totp }: SeededWith): void {
  say(`\nThe password of them all is  ${password}  and is not shown again, nor is this.`)
  say(`All but the Basic Users show a code of an authenticator app. Its key is  ${inGroups(totp)}`)
  say(`as a link  ${appLink(totp, 'the cast')}\n`)
}

function stopOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal).once(signal, () => void stop(0))
  }
}

async function stop(code: number): Promise<void> {
  for (const close of opened.splice(0).toReversed()) {
    await Promise.resolve(close()).catch((error) => console.error(error))
  }
  process.exit(code)
}

function say(line: string): void {
  console.log(line)
}
