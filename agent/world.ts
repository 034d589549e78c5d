import type { Network } from './ask.ts'
import type { Log } from './log.ts'

/** What every command is given. */
export type World = {
  /** The folder of what the agent keeps. */
  readonly state: string
  readonly network: Network
  readonly log: Log
}
