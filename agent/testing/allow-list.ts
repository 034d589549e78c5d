import type { AllowList } from '../../workers/mis/push/answers.ts'
import { PUSH_KINDS } from '../../workers/mis/push/wire.ts'
import {
  conductSchema,
  consentSchema,
  markSchema,
  pupilSchema,
  staffSchema,
} from '../../workers/mis/push/payload.ts'

const names = (schema: { shape: object }): string[] => Object.keys(schema.shape)

/** For a school with every product. */
export const allowEverything: AllowList = {
  kinds: [...PUSH_KINDS],
  fields: {
    pupil: names(pupilSchema),
    contact: names(pupilSchema.shape.contacts.element),
    staff: names(staffSchema),
    mark: names(markSchema),
    conduct: names(conductSchema),
    consent: names(consentSchema),
  },
}
