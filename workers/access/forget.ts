import type { Directory } from '#shards'
import * as store from './store.ts'
import { forgotten } from './throttle.ts'

/** For the clock: takes away sessions long over and guesses that no longer count. */
export const forget = (directory: Directory): Promise<boolean> =>
  directory.write(store.forgottenSessions(directory), forgotten(directory))
