import { z } from 'zod'
import { type Decision, decisions, type Level, MAX_NOTE_LENGTH, type SignOff } from '#access'
import type { FieldErrors, Read } from '../../form.ts'
import {
  entitlementIn,
  type Kind,
  type Ticked,
  tickedFields,
  tickedFor,
} from '../users/entitlement-form.ts'

/** A level of forty years is far shorter. */
export const MAX_SEEN_LENGTH = 4_000

export const decisionForm = z.object({
  decision: z.enum(decisions, { error: 'Choose what to do about their access' }),
  note: z
    .string()
    .trim()
    .max(MAX_NOTE_LENGTH, `Write at most ${MAX_NOTE_LENGTH} characters`)
    .default(''),
  seen: z.string().max(MAX_SEEN_LENGTH).catch(''),
  ...tickedFields,
})

/** What the form holds: as it was sent, or as the person stands now. */
export type Said = { decision: string | undefined; note: string; ticked: Ticked }

export const saidAtFirst = (user: Level): Said => ({
  decision: undefined,
  note: '',
  ticked: tickedFor(user),
})

export function saidIn(read: Read<z.infer<typeof decisionForm>>, user: Level): Said {
  const { decision, note = '' } = read.typed
  const { role, grants, years } = read.ok ? read.value : tickedFor(user)
  return { decision, note, ticked: { role, grants, years } }
}

type Chosen = { decision: Decision } & Ticked

/** The decision, with the level that it gives where it changes one. */
export function choiceIn(
  { decision, ...ticked }: Chosen,
  offered: { kind: Kind; years: readonly string[] },
): { ok: true; value: SignOff['choice'] } | { ok: false; errors: FieldErrors } {
  if (decision !== 'changed') return { ok: true, value: { decision } }
  const to = entitlementIn(ticked, offered)
  return to.ok ? { ok: true, value: { decision, to: to.value } } : to
}
