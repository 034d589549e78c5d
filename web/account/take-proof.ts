import { z } from 'zod'
import * as access from '#access'
import { isRefusal } from '#kernel'
import { type FieldErrors, readForm } from '../form.ts'
import { seeOther } from '../page.tsx'
import type { PersonVisit } from '../route.ts'
import { proofs, TOO_MANY_PROOFS } from '../words/factors.ts'
import { circumstancesOf, keepMoved, onward, ownArea } from './own.ts'
import { sendSoon } from '../send-soon.ts'

const LONGEST_TYPED = 1_000
const LONGEST_ANSWER = 32_000
const typed = z.string().trim().max(LONGEST_TYPED).catch('')

const form = z.object({
  by: z.enum(['totp', 'passkey', 'recovery-code', 'password']).catch('totp'),
  code: typed,
  recovery: typed,
  passkey: z.string().max(LONGEST_ANSWER).catch(''),
  password: z.string().max(LONGEST_TYPED).catch(''),
  next: z.string().optional().catch(undefined),
  sent: z.literal('yes').optional().catch(undefined),
})

/** What a form of `Ways` came to: an answer that leads on, or what to say beside which field. */
export type Taken =
  | Response
  | { errors: FieldErrors; status: 422 | 429; next: string | undefined; isSent: boolean }

/** Reads what somebody shows of themselves, and lets their session on if it is right. */
export async function takeProof(
  visit: PersonVisit,
  allowed: readonly access.Proof['by'][],
): Promise<Taken> {
  const read = await readForm(visit.c, form)
  if (!read.ok)
    return { errors: { code: proofs.totp.missing }, status: 422, next: undefined, isSent: false }
  const { by, next, sent, ...given } = read.value
  const back = { next, isSent: sent === 'yes' }
  const { field, missing, wrong } = proofs[by]
  const shown = given[field as keyof typeof given]
  if (shown === '' || !allowed.includes(by)) {
    return { errors: { [field]: missing }, status: 422, ...back }
  }

  const school = await ownArea(visit)
  const proof = { by, given: shown }
  const { directory, standing } = visit
  const moved = await access.prove(
    directory,
    school,
    standing,
    proof,
    circumstancesOf(visit, school),
  )
  if (isRefusal(moved)) {
    return moved.refused === 'throttled'
      ? { errors: { [field]: TOO_MANY_PROOFS }, status: 429, ...back }
      : { errors: { [field]: wrong }, status: 422, ...back }
  }
  keepMoved(visit, moved)
  const isThrough = moved.needs === null
  if (by !== 'recovery-code') {
    const notice = back.isSent && isThrough ? 'send-again' : undefined
    return seeOther(visit, onward(moved.needs, next, visit.organisation), notice)
  }

  sendSoon(visit, school)
  const path = isThrough ? '/account/factors' : onward(moved.needs, next, visit.organisation)
  return seeOther(visit, path, 'recovery-code-used')
}
