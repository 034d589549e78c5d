import type { Organisation } from '#schools'
import type { FieldErrors, Typed } from '../../form.ts'
import { Select, Textarea, TextInput } from '../../kit/index.ts'
import { asked, type CustomerKind } from './answers.ts'

export type Filled = { typed: Typed; errors: FieldErrors }

type Asked = (typeof asked)['school'][number]

/** The details that are asked of this kind of organisation. */
export const DetailFields = ({
  kind,
  trusts,
  typed,
  errors,
}: Filled & { kind: CustomerKind; trusts: readonly Organisation[] }) => {
  const isAsked = (field: Asked) => (asked[kind] as readonly Asked[]).includes(field)
  const of = (name: Asked) => ({
    name,
    labelSize: 's' as const,
    value: typed[name],
    error: errors[name],
  })
  return (
    <>
      <TextInput {...of('name')} label="Name" />
      {isAsked('dfeNumber') && <DfeNumberField of={of} />}
      {isAsked('partOf') && (
        <Select
          {...of('partOf')}
          label="Trust (optional)"
          prompt="Not part of a trust"
          options={trusts.map(({ id, name }) => ({ value: id, text: name }))}
        />
      )}
      <TextInput {...of('startsOn')} label="First day (optional)" type="date" width={10} />
      {isAsked('misSupplier') && (
        <TextInput
          {...of('misSupplier')}
          label="Supplier of its records system (optional)"
          hint="Of its management information system, such as Arbor Education: the register names it"
        />
      )}
      {isAsked('textsFrom') && <TextFields of={of} />}
      {isAsked('emailFrom') && (
        <TextInput
          {...of('emailFrom')}
          label="E-mail address that e-mails come from (optional)"
          hint="Without one they come from Schoolgate’s own address"
          type="email"
        />
      )}
    </>
  )
}

type Of = (name: Asked) => {
  name: string
  labelSize: 's'
  value: string | undefined
  error: string | undefined
}

const DfeNumberField = ({ of }: { of: Of }) => (
  <TextInput
    {...of('dfeNumber')}
    label="DfE number (optional)"
    hint="The local authority’s number and the school’s, like 933/4012. No two organisations have the same: data that names another school is held"
    width={10}
  />
)

const TextFields = ({ of }: { of: Of }) => (
  <>
    <TextInput
      {...of('textsFrom')}
      label="Number that texts come from (optional)"
      hint="A mobile number of this school’s alone, so that an answer finds it"
      type="tel"
      width={20}
    />
    <TextInput
      {...of('price')}
      label="Price of each part of a text, in pence"
      hint="Only where it texts, like 2.4"
      inputmode="decimal"
      suffix="p"
      width={5}
    />
  </>
)

/** Whom to write to at an organisation. Seen by the operator’s Administrators only. */
export const ContactFields = ({ typed, errors }: Filled) => {
  const of = (name: string) => ({
    name,
    labelSize: 's' as const,
    value: typed[name],
    error: errors[name],
  })
  return (
    <>
      <Textarea {...of('address')} label="Postal address (optional)" rows={4} />
      <TextInput {...of('contactName')} label="Contact person (optional)" autocomplete="off" />
      <TextInput {...of('contactEmail')} label="Contact’s e-mail (optional)" type="email" />
      <TextInput
        {...of('contactPhone')}
        label="Contact’s telephone number (optional)"
        type="tel"
        width={20}
      />
      <TextInput
        {...of('dataProtectionOfficerName')}
        label="Data protection officer (optional)"
        autocomplete="off"
      />
      <TextInput
        {...of('dataProtectionOfficerEmail')}
        label="Data protection officer’s e-mail (optional)"
        type="email"
      />
    </>
  )
}
