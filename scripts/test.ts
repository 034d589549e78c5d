import { check, runs } from './check.ts'
import { findChromium, installChromium } from './chromium.ts'

/** Everything: what needs no browser first, then the whole running system, by a browser and by killing it. */
const failed = (await check()) ?? (await checkSystem())
if (failed) console.error(`\nStopped: ${failed} failed.`)
process.exit(failed ? 1 : 0)

async function checkSystem(): Promise<string | undefined> {
  const chromium = findChromium() ?? installChromium()
  if (!chromium) {
    console.error(
      'The journeys need a browser and there is none. Install Chromium (on Debian or Ubuntu: ' +
        'apt-get install chromium), or say where one is in CHROMIUM_PATH.',
    )
    return 'finding a browser'
  }
  process.env['CHROMIUM_PATH'] = chromium
  return runs('vitest', 'run', '--project', 'system') ? undefined : 'journeys'
}
