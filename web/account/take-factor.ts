import { z } from 'zod'
import * as access from '#access'
import { isRefusal } from '#kernel'
import { type FieldErrors, readForm, type Typed } from '../form.ts'
import type { PersonVisit } from '../route.ts'
import { enrolRefusals, WRONG_FIRST_CODE } from '../words/factors.ts'
import { circumstancesOf, keepMoved, ownArea } from './own.ts'
import { sendSoon } from '../send-soon.ts'

const LONGEST_NAME = 60
const LONGEST_ANSWER = 32_000
const LONGEST_TYPED = 1_000

const form = z.object({
  kind: z.enum(['passkey', 'app']).catch('app'),
  name: z.string().trim().max(LONGEST_NAME, 'Use at most 60 characters').catch(''),
  passkey: z.string().max(LONGEST_ANSWER).catch(''),
  proposal: z.string().max(LONGEST_TYPED).catch(''),
  code: z.string().trim().max(LONGEST_TYPED).catch(''),
  next: z.string().optional().catch(undefined),
})

/** A factor that is kept now, or what to say beside which field. */
export type TakenFactor =
  | { ok: true; kind: 'passkey' | 'app'; moved: access.MovedOn; next: string | undefined }
  | { ok: false; refused: string | undefined; errors: FieldErrors; typed: Typed }

/** Keeps the factor that a form of `EnrolPasskey` or `EnrolApp` brings, and the session's new token. */
export async function takeFactor(visit: PersonVisit): Promise<TakenFactor> {
  const read = await readForm(visit.c, form)
  if (!read.ok) return { ok: false, refused: undefined, errors: read.errors, typed: read.typed }
  const { kind, name, passkey, proposal, code, next } = read.value
  const { directory, standing } = visit
  const school = await ownArea(visit)
  const circumstances = circumstancesOf(visit, school)
  const moved =
    kind === 'passkey'
      ? await access.enrolPasskey(
          directory,
          school,
          standing,
          { name: name || 'Passkey', answer: passkey },
          circumstances,
        )
      : await access.enrolApp(
          directory,
          school,
          standing,
          { sealed: proposal, code },
          circumstances,
        )
  if (isRefusal(moved)) {
    const isCode = moved.refused === 'wrong' && kind === 'app'
    const field = kind === 'app' ? 'code' : 'passkey'
    const message = isCode ? WRONG_FIRST_CODE : enrolRefusals[moved.refused]
    return { ok: false, refused: moved.refused, errors: { [field]: message }, typed: read.typed }
  }
  keepMoved(visit, moved)
  sendSoon(visit, school)
  return { ok: true, kind, moved, next }
}
