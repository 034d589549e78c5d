import { z } from 'zod'
import { parseId } from '#kernel'
import type { Reply } from '#messaging'

/** The replies that a page shows as not read yet, as its forms say them back: no later one is meant. */
export const shownIn = (replies: readonly Reply[]): string =>
  replies
    .filter(({ readAtMs }) => readAtMs === null)
    .map(({ id }) => id)
    .join(' ')

/** The same, read. */
export const shownReplies = z
  .string()
  .catch('')
  .transform((typed) => typed.split(' ').flatMap((one) => parseId('reply', one) ?? []))
