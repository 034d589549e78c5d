import { z } from 'zod'
import { parseLocal } from '#kernel'
import * as messaging from '#messaging'
import type { ScheduleProblem, When } from '#messaging'
import { notFoundPage } from '../../error-pages.tsx'
import { type FieldErrors, readForm } from '../../form.ts'
import { seeOther } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { sendSoon } from '../../send-soon.ts'
import { scheduleWords } from '../../words/messages.ts'
import { showCheck } from './check-page.tsx'
import { authorOf, messageOf, messagePath, senderOf } from './whose.ts'

/** Lets a checked message go, now or at its time. What was typed comes back with what is wrong. */
export const scheduleMessage = schoolRoute('/school/messages/:message/schedule', 'send-messages', {
  post: async (visit) => {
    const message = await messageOf(visit)
    if (!message) return notFoundPage(visit)
    const { typed, when, errors } = whenOf(await readForm(visit.c, schema))
    if (!messaging.can('schedule', message)) return seeOther(visit, messagePath(message))
    if (!when) return showCheck(visit, message, { errors, typed })

    const [sender, author] = [senderOf(visit), authorOf(visit)]
    const refusal = await messaging.schedule(visit.school, message, when, sender, author)
    if (refusal?.refused === 'already-left') return seeOther(visit, messagePath(message))
    if (refusal) {
      return showCheck(visit, message, { errors: sentence(refusal.refused, refusal.field), typed })
    }
    sendSoon(visit, visit.school)
    const isNow = when.dueAt === 'now'
    return seeOther(visit, messagePath(message), isNow ? 'message-sending' : 'message-scheduled')
  },
})

const text = z.string().catch('')
const schema = z.object({
  when: z.enum(['now', 'later'], { error: 'Choose when it goes' }),
  'at-date': text,
  'at-time': text,
  quiet: text,
})

type Reading = Awaited<ReturnType<typeof readForm<typeof schema>>>

function whenOf(read: Reading): { typed: Reading['typed']; when?: When; errors: FieldErrors } {
  const { typed } = read
  if (!read.ok) return { typed, errors: read.errors }
  const { when, 'at-date': date, 'at-time': time, quiet } = read.value
  const acceptsQuietHours = quiet === 'yes'
  if (when === 'now') return { typed, when: { dueAt: 'now', acceptsQuietHours }, errors: {} }
  const local = parseLocal({ date, time })
  if (local.ok) return { typed, when: { dueAt: local.atMs, acceptsQuietHours }, errors: {} }
  return { typed, errors: { at: timeWords[local.reason] } }
}

const timeWords = {
  'not-a-date': 'Enter the day, such as 23/11/2026',
  'not-a-time': 'Enter the time, such as 8:15am',
  'skipped-by-clock-change':
    'The clocks go forward then, and there is no such time that night. Choose another',
} as const

/** Those of the page: what is wrong with the message itself is said above it. */
const fields = ['when', 'at', 'quiet']

const sentence = (problem: ScheduleProblem, field = 'form'): FieldErrors => ({
  [fields.includes(field) ? field : 'form']: scheduleWords[problem],
})
