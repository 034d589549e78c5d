import type { Context } from 'hono'
import { z } from 'zod'

/** What was typed, by field; kept so that a page with an error gives it back. */
export type Typed = Readonly<Record<string, string | undefined>>

/** A sentence for each field that is wrong. */
export type FieldErrors = Readonly<Record<string, string>>

export type Read<T> =
  | { ok: true; value: T; typed: Typed }
  | { ok: false; errors: FieldErrors; typed: Typed }

/** Fields a form may carry: a roll of 3,000 pupils as check boxes, and some more. */
const MAX_FIELDS = 6_000

/**
 * Reads and checks a posted form. Schemas say their sentences themselves
 * (`z.string().min(1, 'Enter the text of the message')`); the first one per field is shown.
 * Fields in `lists` may come several times and reach the schema as an array.
 */
export async function readForm<S extends z.ZodType>(
  c: Context,
  schema: S,
  lists: readonly string[] = [],
): Promise<Read<z.infer<S>>> {
  const form = await formOf(c)
  const given: Record<string, unknown> = {}
  const typed: Record<string, string> = {}
  let fields = 0
  for (const [name, value] of form as unknown as Iterable<[string, string | File]>) {
    if (++fields > MAX_FIELDS) break
    if (lists.includes(name)) given[name] = [...((given[name] as unknown[]) ?? []), value]
    else given[name] = value
    if (typeof value === 'string' && !lists.includes(name)) typed[name] = value
  }
  for (const name of lists) given[name] ??= []

  const read = schema.safeParse(given)
  if (read.success) return { ok: true, value: read.data, typed }
  return { ok: false, errors: firstPerField(read.error), typed }
}

/** A body that is no form (another type, a boundary missing) is read as a form with nothing in it. */
async function formOf(c: Context): Promise<FormData> {
  try {
    return await c.req.formData()
  } catch (error) {
    if (error instanceof TypeError) return new FormData()
    throw error
  }
}

function firstPerField(error: z.ZodError): FieldErrors {
  const errors: Record<string, string> = {}
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? 'form')
    errors[field] ??= issue.message
  }
  return errors
}
