/** What a column of a CSV file can be mapped to. The same words name the cells of a transfer file. */
export const PUPIL_FIELDS = [
  'upn',
  'admission-number',
  'surname',
  'forename',
  'preferred-forename',
  'middle-names',
  'gender',
  'date-of-birth',
  'year-group',
  'registration-group',
  'house',
  'email',
  'phone',
] as const

export const CONTACT_FIELDS = [
  'title',
  'forename',
  'surname',
  'full-name',
  'relationship',
  'priority',
  'parental-responsibility',
  'mobile',
  'home-phone',
  'work-phone',
  'phone',
  'email',
  'language',
  'no-contact',
  'may-be-texted',
  'may-be-emailed',
  'agreed-to-marketing',
] as const

export type PupilField = (typeof PUPIL_FIELDS)[number]
export type ContactField = (typeof CONTACT_FIELDS)[number]

/** What a contact wishes to be sent: a yes or a no, and nothing where the cell is empty. */
export const WISH_FIELDS = ['may-be-texted', 'may-be-emailed', 'agreed-to-marketing'] as const
export type WishField = (typeof WISH_FIELDS)[number]

/** `pupil.surname`, `contact-1.mobile`. A file with one contact a row uses `contact-1` only. */
export type FieldName = `pupil.${PupilField}` | `contact-${number}.${ContactField}`

/** Contacts side by side in one row; more are given as one contact a row. */
export const MAX_CONTACT_GROUPS = 9

export type FieldParts =
  | { of: 'pupil'; field: PupilField }
  | { of: 'contact'; group: number; field: ContactField }

/** Undefined for a name that is no field: mappings come back from browsers and databases. */
export function fieldParts(name: string): FieldParts | undefined {
  const [, of, group, field] = /^(pupil|contact-([1-9]))\.([a-z-]+)$/.exec(name) ?? []
  if (of === 'pupil') {
    const known = PUPIL_FIELDS.find((each) => each === field)
    return known && { of: 'pupil', field: known }
  }
  const known = CONTACT_FIELDS.find((each) => each === field)
  return known && { of: 'contact', group: Number(group), field: known }
}

export const isFieldName = (name: string): name is FieldName => fieldParts(name) !== undefined
