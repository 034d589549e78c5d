import type { ContactField, FieldName, PupilField } from './field.ts'
import { headingWords } from './heading.ts'
import type { ColumnMapping, Mapping } from './mapping.ts'
import { agrees, valuesIn } from './suggest.ts'
import { wishColumn } from './wish-column.ts'

export type Supplier = 'Bromcom' | 'Arbor' | 'Progresso' | 'RM Integris' | 'ScholarPack'

/** What the columns of a supplier's CSV export of pupils with contacts side by side are called. */
export type Template = {
  supplier: Supplier
  /** `file`: names read in public code. `memory`: nobody has compared them with a real export yet. */
  knownFrom: 'file' | 'memory'
  /** Where the names come from. */
  source: string
  columns: Readonly<Record<string, FieldName>>
}

/**
 * The template that a file's headings fit best, if all that it needs of a pupil is there. A saved mapping of
 * the school itself comes before it, and a person looks at either before anything is stored.
 */
export function suitedTemplate(headers: readonly string[]): Template | undefined {
  const words = new Set(headers.map(headingWords))
  const suited = TEMPLATES.map((template) => {
    const names = Object.keys(template.columns).map(headingWords)
    return { template, found: names.filter((name) => words.has(name)).length, of: names.length }
  })
  const best = suited.reduce((one, other) => (share(other) > share(one) ? other : one))
  return share(best) >= MIN_SHARE ? best.template : undefined
}

/** Below this much of its columns a file is of another supplier, or of nobody we know. */
const MIN_SHARE = 0.7

const share = ({ found, of }: { found: number; of: number }): number => found / of

/**
 * The template laid over a file's columns. Of those that it does not know a contact's wishes are taken, where the
 * heading and the values in the first rows both say so; others are left out.
 */
export function mappingBy(
  { columns }: Template,
  headers: readonly string[],
  sampleRows: readonly string[][] = [],
): Mapping {
  const fields = new Map(
    Object.entries(columns).map(([name, field]) => [headingWords(name), field]),
  )
  const known = headers.map((header): ColumnMapping => {
    const words = headingWords(header)
    const field = fields.get(words) ?? 'ignore'
    fields.delete(words)
    return { header, field }
  })
  const taken = new Set<FieldName>()
  return {
    columns: known.map((column, index): ColumnMapping => {
      if (column.field !== 'ignore') return column
      const wish = wishColumn(column.header, known)
      if (!wish || taken.has(wish) || !agrees(wish, valuesIn(sampleRows, index))) return column
      taken.add(wish)
      return { ...column, field: wish }
    }),
  }
}

/** "Contact 1 Mobile", "Contact 2 Mobile", …: one column for each of so many contacts. */
function contacts(
  count: number,
  columns: Readonly<Record<string, ContactField>>,
): Record<string, FieldName> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  return Object.fromEntries(
    numbers.flatMap((number) =>
      Object.entries(columns).map(([name, field]): [string, FieldName] => [
        `Contact ${number} ${name}`,
        `contact-${number}.${field}`,
      ]),
    ),
  )
}

const pupil = (columns: Readonly<Record<string, PupilField>>): Record<string, FieldName> =>
  Object.fromEntries(
    Object.entries(columns).map(([name, field]): [string, FieldName] => [name, `pupil.${field}`]),
  )

const MEMORY =
  'Usual headings as school offices describe them; no export of this supplier was read.'

export const TEMPLATES: readonly Template[] = [
  {
    supplier: 'Bromcom',
    knownFrom: 'file',
    source:
      'StudentFlatView of the Partner API v2, jamesgurung/bromcom-essentials-dotnet src/ApiContracts.cs @b9ef425a. It has no priority: contacts are in order.',
    columns: {
      ...pupil({
        Upn: 'upn',
        AdmissionNumber: 'admission-number',
        LastName: 'surname',
        FirstName: 'forename',
        PreferredFirstName: 'preferred-forename',
        GenderCode: 'gender',
        DateOfBirth: 'date-of-birth',
        YearGroup: 'year-group',
        TutorGroupName: 'registration-group',
        StudentEmail: 'email',
      }),
      ...contacts(3, {
        Name: 'full-name',
        Telephone: 'phone',
        Email: 'email',
        Relationship: 'relationship',
        'Parental Responsibility': 'parental-responsibility',
      }),
    },
  },
  {
    supplier: 'Arbor',
    knownFrom: 'memory',
    source: `${MEMORY} Words as in the models of arbor-education/sis-sdk-php @80b245db (legalFirstName, registrationFormName, emergencyContactPriority).`,
    columns: {
      ...pupil({
        UPN: 'upn',
        'Admission Number': 'admission-number',
        'Legal Last Name': 'surname',
        'Legal First Name': 'forename',
        'Preferred First Name': 'preferred-forename',
        Gender: 'gender',
        'Date of Birth': 'date-of-birth',
        'Year Group': 'year-group',
        'Registration Form': 'registration-group',
        House: 'house',
      }),
      ...contacts(2, {
        'First Name': 'forename',
        'Last Name': 'surname',
        Relationship: 'relationship',
        'Is Legal Guardian': 'parental-responsibility',
        'Emergency Contact Priority': 'priority',
        'Mobile Number': 'mobile',
        'Email Address': 'email',
      }),
    },
  },
  {
    supplier: 'Progresso',
    knownFrom: 'memory',
    source: MEMORY,
    columns: {
      ...pupil({
        UPN: 'upn',
        'Adm No': 'admission-number',
        'Legal Surname': 'surname',
        'Legal Forename': 'forename',
        'Chosen Forename': 'preferred-forename',
        Gender: 'gender',
        DOB: 'date-of-birth',
        'NC Year': 'year-group',
        'Tutor Group': 'registration-group',
        House: 'house',
      }),
      ...contacts(2, {
        Title: 'title',
        Forename: 'forename',
        Surname: 'surname',
        Relation: 'relationship',
        'Par Resp': 'parental-responsibility',
        'Mobile Phone': 'mobile',
        'Home Phone': 'home-phone',
        Email: 'email',
      }),
    },
  },
  {
    supplier: 'RM Integris',
    knownFrom: 'memory',
    source: MEMORY,
    columns: {
      ...pupil({
        UPN: 'upn',
        'Admission No': 'admission-number',
        Surname: 'surname',
        Forename: 'forename',
        'Known As': 'preferred-forename',
        'Middle Names': 'middle-names',
        Gender: 'gender',
        'Date of Birth': 'date-of-birth',
        Year: 'year-group',
        'Reg Group': 'registration-group',
      }),
      ...contacts(2, {
        Title: 'title',
        Forename: 'forename',
        Surname: 'surname',
        Relationship: 'relationship',
        'Parental Responsibility': 'parental-responsibility',
        'Mobile Telephone': 'mobile',
        'Home Telephone': 'home-phone',
        Email: 'email',
      }),
    },
  },
  {
    supplier: 'ScholarPack',
    knownFrom: 'memory',
    source: MEMORY,
    columns: {
      ...pupil({
        UPN: 'upn',
        Adno: 'admission-number',
        Surname: 'surname',
        Forename: 'forename',
        'Preferred Name': 'preferred-forename',
        Sex: 'gender',
        DOB: 'date-of-birth',
        'Year Group': 'year-group',
        Class: 'registration-group',
      }),
      ...contacts(2, {
        Name: 'full-name',
        Relationship: 'relationship',
        Priority: 'priority',
        'Parental Responsibility': 'parental-responsibility',
        Mobile: 'mobile',
        'Home Phone': 'home-phone',
        Email: 'email',
      }),
    },
  },
]
