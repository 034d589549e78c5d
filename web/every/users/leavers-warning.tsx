import { showDate, type UserId } from '#kernel'
import { Warning } from '../../kit/index.ts'
import type { Leaver } from './leavers.ts'

/** Says who has left and can still sign in; nothing where nobody has. */
export const LeaversWarning = (props: {
  leavers: readonly Leaver[]
  href: (id: UserId) => string
}) =>
  props.leavers.length === 0 ? null : (
    <>
      <Warning>
        {props.leavers.length === 1
          ? 'One person has left, the staff list says, and can still sign in. Remove the account today.'
          : `${props.leavers.length} people have left, the staff list says, and can still sign in. Remove their accounts today.`}
      </Warning>
      <ul class="govuk-list govuk-list--bullet">
        {props.leavers.map(({ user, leftAtMs }) => (
          <li>
            <a class="govuk-link" href={props.href(user.id)}>
              {user.name}
            </a>
            , left on {showDate(leftAtMs)}
          </li>
        ))}
      </ul>
    </>
  )
