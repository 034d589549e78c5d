/** Everything the sandbox does has a bound, and the bound has a name. */

/** A whole e-mail with its HTML fits; nothing that would fill the memory does. */
export const BODY_LIMIT_BYTES = 256 * 1024
/** Ten parts of the longest encoding, and to spare: real gateways stop near here as well. */
export const SMS_TEXT_LIMIT = 4_000
export const EMAIL_TEXT_LIMIT = 200_000
export const SUBJECT_LIMIT = 1_000
export const REFERENCE_LIMIT = 200
export const SENDER_LIMIT = 320
export const REPLY_LIMIT = 1_600

export const LOG_PAGE_ROWS = 1_000
export const LOOK_UP_ROWS = 100
export const LIST_PAGE_ROWS = 40
export const THREAD_ROWS = 100
export const SIDE_LIST_ROWS = 12

/** Accepted messages wait in memory this long before they are written together. */
export const FLUSH_AFTER_MS = 5
export const FLUSH_AT_ROWS = 500

/** A receipt waits at most this much longer than its delay. */
export const OUTBOX_TICK_MS = 20
export const EVENTS_PER_POST = 100
export const POSTS_AT_ONCE = 4
export const POST_TIMEOUT_MS = 10_000
export const RETRY_STEP_MS = 500
export const RETRY_MOST_MS = 5_000
export const MOST_TRIES = 400

/** How long a message to the "never answers" number may hold its connection. */
export const HELD_SOCKET_MS = 60_000
export const STOP_REPLY_AFTER_MS = 500
export const DEFAULT_RECEIPT_DELAY_MS = 1_500

export const KEEP_ALIVE_MS = 75_000
