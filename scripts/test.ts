import { check, runs } from './check.ts'
import { findChromium, installChromium } from './chromium.ts'

/** Everything: what needs no browser first, then the whole running system, by a browser and by killing it. */
const failed = await check('all')
// A system whose parts are wrong takes minutes to say so.
if (failed.length === 0) failed.push(...(await checkSystem()))
if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}.`)
process.exit(failed.length > 0 ? 1 : 0)

async function checkSystem(): Promise<string[]> {
  const chromium = findChromium() ?? installChromium()
  if (!chromium) {
    console.error(
      'The journeys need a browser and there is none. Install Chromium (on Debian or Ubuntu: ' +
        'apt-get install chromium), or say where one is in CHROMIUM_PATH.',
    )
    return ['finding a browser']
  }
  process.env['CHROMIUM_PATH'] = chromium
  return (await runs('vitest', 'run', '--project', 'system', '--project', 'crash'))
    ? []
    : ['journeys']
}
