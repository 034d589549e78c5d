/**
 * The sandbox carrier: two SMS providers and one e-mail provider that exist only on this machine,
 * with the phones and inboxes of the parents they reach. Run it with `node sandbox/main.ts`.
 */
import { readSettings } from './settings.ts'
import { startSandbox } from './start.ts'

const settings = readSettings(process.env)
if ('problems' in settings) {
  console.error(['The sandbox cannot start.', ...settings.problems].join('\n'))
  process.exit(1)
}

const running = await startSandbox(settings).catch((error: NodeJS.ErrnoException) => {
  const isTaken = error.code === 'EADDRINUSE'
  console.error(
    isTaken
      ? `The sandbox cannot start: port ${settings.port} is in use. Choose another in SANDBOX_PORT.`
      : `The sandbox cannot start: ${error.message}`,
  )
  process.exit(1)
})
console.log(`sandbox ready on ${running.origin}`)

const stop = () => void running.close().then(() => process.exit(0))
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
