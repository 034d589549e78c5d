import type { Env } from '#workers/env.ts'
import { addAccounts } from './accounts.ts'
import { insertPush, openPush, postMarks, postRoster, yearOf } from './import.ts'
import {
  knowColumns,
  postLargestConduct,
  postLargestMarks,
  postLargestRoster,
  postMarksOfAYear,
  postRejected,
} from './large.ts'
import { bareSeals, callCarrier, insertRows } from './bare.ts'
import { referencesOf, send } from './send.ts'
import { settle } from './settle.ts'
import { enter, look } from './trail.ts'

type Act = (env: Env, asked: never) => Promise<unknown>

/** What a bench asks of the running system from inside, by the last part of `/bench/…`. */
export const acts: Record<string, Act> = {
  settle,
  accounts: addAccounts,
  send,
  references: referencesOf,
  'call-carrier': callCarrier,
  'insert-rows': insertRows,
  seals: bareSeals,
  'post-roster': postRoster,
  'post-marks': postMarks,
  'open-push': openPush,
  'insert-push': insertPush,
  'year-of': yearOf,
  'post-largest-roster': postLargestRoster,
  'post-rejected': postRejected,
  'post-largest-marks': postLargestMarks,
  'post-marks-of-a-year': postMarksOfAYear,
  'post-largest-conduct': postLargestConduct,
  'know-columns': knowColumns,
  look,
  enter,
}
