import { type Grant, grants, rolesOf } from '#access'
import type { FieldErrors } from '../../form.ts'
import { Checkboxes, Radios } from '../../kit/index.ts'
import { roleNames } from '../../words/roles.ts'
import { grantWords, roleHints } from '../../words/users.ts'
import { EVERY_YEAR, type Kind, type Ticked } from './entitlement-form.ts'

type Props = { kind: Kind; years: readonly string[]; ticked: Ticked; errors: FieldErrors }

/** Role, years and further permissions, as there are in this kind of organisation. */
export const EntitlementFields = (props: Props) => (
  <>
    <Radios
      name="role"
      label="Role"
      labelSize="s"
      choices={rolesOf[props.kind].map((role) => ({
        value: role,
        text: roleNames[role],
        hint: roleHints[role],
        reveals: role === 'basic' ? <Years {...props} /> : undefined,
      }))}
      value={props.ticked.role}
      error={props.errors['role']}
    />
    {props.kind === 'school' && <Grants {...props} />}
  </>
)

const Years = ({ years, ticked, errors }: Props) => (
  <Checkboxes
    name="years"
    label="Which years may they write to?"
    hint={
      years.length === 0 ? 'Single years can be chosen once pupils have been imported' : undefined
    }
    small
    choices={[
      { value: EVERY_YEAR, text: 'Every year' },
      ...years.map((year) => ({ value: year, text: year })),
    ]}
    values={ticked.years}
    error={errors['years']}
  />
)

const Grants = ({ ticked, errors }: Props) => (
  <Checkboxes
    name="grants"
    label="Further permissions (optional)"
    labelSize="s"
    hint="On top of the role. Whoever has one signs in in two steps"
    choices={grants.map((grant: Grant) => ({ value: grant, ...grantWords[grant] }))}
    values={ticked.grants}
    error={errors['grants']}
  />
)
