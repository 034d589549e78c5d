import * as access from '#access'
import { atMost, describeError, isQuietHours, log } from '#kernel'
import * as schools from '#schools'
import { type Directory, system } from '#shards'
import { passwordReminder } from './password-reminder.ts'
import { posted } from './posted.ts'

/** Organisations looked through in one minute, drawn by lot: all of 24,500 have their turn within hours. */
const ORGANISATIONS_A_MINUTE = 200
/** Letters in one minute; five queries each, of the thousand that an invocation may make. */
const LETTERS_A_MINUTE = 50
const WIDTH = 4

/**
 * Writes to those whose password will be too old soon, where their organisation has a period for it: by day,
 * so many a minute. It opens names and addresses, so it runs where sealed data may be opened. The outboxes
 * send what it leaves within a minute.
 */
export async function remindOfPasswords(
  directory: Directory,
  words: { origin: string; support: string },
): Promise<void> {
  if (isQuietHours(directory.clock.now())) return
  const organisations = await schools.drawWithPasswordDays(directory, ORGANISATIONS_A_MINUTE)
  const due = await access.passwordsToRemindOf(directory, organisations, LETTERS_A_MINUTE)
  await atMost(WIDTH, due, async ({ user, organisation: id }) => {
    const organisation = organisations.find((one) => one.id === id)
    const school = await directory.school(id, system('clock'))
    if (!organisation || !school) return
    const { name, passwordDays } = organisation
    try {
      await access.remindOfPassword(directory, school, user, {
        passwordDays,
        letter: (area, { user: to, dueAtMs }) => {
          const details = { name: to.name, email: to.email, organisation: name }
          return posted(area, passwordReminder({ ...details, passwordDays, dueAtMs, ...words }))
        },
      })
    } catch (error) {
      log('password.not-reminded', { user, ...describeError(error) })
    }
  })
}
