import type { Grant, User, UserState } from '#access'
import { Tag } from '../../kit/index.ts'
import { grantWords, userStateWords } from '../../words/users.ts'

export const UserStateTag = ({ state }: { state: UserState }) => (
  <Tag tone={userStateWords[state].tone}>{userStateWords[state].text}</Tag>
)

export const GrantNames = ({ grants }: { grants: readonly Grant[] }) => (
  <>{grants.length === 0 ? 'None' : grants.map((grant) => grantWords[grant].text).join(', ')}</>
)

/** "Every year", or those granted. */
export const yearWords = ({ yearGroups }: { yearGroups: readonly string[] | null }): string =>
  yearGroups === null ? 'Every year' : yearGroups.join(', ')

/** "Basic User" with what was given on top, for a list. */
export const entitledAs = (
  { role, grants }: Pick<User, 'role'> & { grants: readonly Grant[] },
  names: Readonly<Record<User['role'], string>>,
): string => [names[role], ...grants.map((grant) => grantWords[grant].text)].join(', ')
