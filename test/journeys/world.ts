import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { openBrowser } from './browser.ts'
import { type Person, type PersonOptions, personAt } from './person.ts'
import { startSystem, type System } from './running.ts'

export type World = {
  readonly system: System
  /** Somebody with a browser of their own, who has not signed in. */
  visitor(options?: PersonOptions): Promise<Person>
}

/** One running system, with the cast in it, for the journeys of this file. */
export function openWorld(): World {
  let system: System | undefined
  let browser: Browser | undefined
  beforeAll(async () => {
    ;[system, browser] = await Promise.all([startSystem(), openBrowser()])
  })
  afterAll(async () => {
    await browser?.close()
    await system?.stop()
  })
  return {
    get system() {
      if (!system) throw new Error('The system is not running.')
      return system
    },
    visitor(options = {}) {
      if (!system || !browser) throw new Error('The system is not running.')
      return personAt(browser, system, options)
    },
  }
}
