/**
 * A rule said no. A refusal is a value that the caller must look at; a bug throws.
 * Reasons are kebab-case phrases (`already-left`); `web/words/` has a sentence for each.
 */
export type Refusal<Reason extends string = string> = {
  readonly refused: Reason
  readonly field?: string
}

export const refuse = <Reason extends string>(reason: Reason, field?: string): Refusal<Reason> =>
  field === undefined ? { refused: reason } : { refused: reason, field }

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value
