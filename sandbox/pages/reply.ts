import type { Context } from 'hono'
import { REPLY_LIMIT } from '../limits.ts'
import type { People } from '../people.ts'
import type { Sandbox } from '../sandbox.ts'
import { isDialled, phonePage } from './phone.ts'
import { typedNumber } from './words.ts'

/** Sends what was typed on a phone, or STOP, to the school it was typed to. */
export async function postReply(c: Context, sandbox: Sandbox, people: People, phone: string) {
  const form = await c.req.parseBody()
  const typed = (name: string) => String(form[name] ?? '').trim()
  const text = typed('stop') === 'yes' ? 'STOP' : typed('text')
  const [chosenProvider, chosenNumber] = typed('school').split(' ')
  const provider = chosenProvider || typed('provider')
  const to = chosenNumber ?? typedNumber(typed('to'))
  const again = (field: string, problem: string) =>
    phonePage(c, sandbox, people, phone, { text, to: typed('to'), provider, field, problem })

  if (!isDialled(to))
    return again('to', 'Give the number that the text goes to, such as 01632 960100')
  if (provider !== 'larch' && provider !== 'rowan') return again('to', 'Choose the provider')
  if (text === '') return again('text', 'Type what this phone should say')
  if (text.length > REPLY_LIMIT)
    return again('text', `Say it in ${REPLY_LIMIT.toLocaleString('en-GB')} characters or fewer`)

  sandbox.replies.send({ provider, phone, school: to, text }, Date.now())
  return c.redirect(`/phones/${phone}`, 303)
}
