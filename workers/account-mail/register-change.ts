import { showDay } from '#kernel'
import type { RegisterChange } from '#schools'
import type { Mail } from './posted.ts'

export type RegisterChangeWords = {
  /** Whom it is for: somebody in charge. */
  name: string
  email: string
  organisation: string
  change: RegisterChange
  /** Of the page that has the register. */
  link: string
  support: string
}

/** PRODUCT 2.3: tells a customer of a change of sub-processor, 30 days before it is in force, and of their right. */
export const registerChange = ({ change, ...given }: RegisterChangeWords): Mail => ({
  to: given.email,
  subject: `From ${showDay(change.on)}: a change of who processes your data`,
  text: `Hello ${given.name},

${newsOf(change)} It concerns the data that ${given.organisation} has in Schoolgate.

What it does: ${change.party.what}
Where: ${placeOf(change)}
Announced on: ${showDay(change.announcedOn)}

You need do nothing if you agree. If you object, write to ${given.support} before ${showDay(change.on)} and say why: you have the right to (UK GDPR Article 28(2)), and we will look for another way with you.

Who processes your data, now and from then on:
${given.link}

You get this because you are in charge of Schoolgate at ${given.organisation}.

Schoolgate
`,
})

function newsOf({ kind, on, party: { name } }: RegisterChange): string {
  return kind === 'begins'
    ? `From ${showDay(on)} we will use ${name} as a further processor.`
    : `From ${showDay(on)} we will no longer use ${name} as a processor.`
}

const placeOf = ({ party: { where } }: RegisterChange): string =>
  where === 'hosting' ? 'Where all data of the service is kept: the register says it' : where
