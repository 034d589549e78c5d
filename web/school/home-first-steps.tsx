import { Tag, type Task, TaskList } from '../kit/index.ts'
import { type Entitled, may } from '../may.ts'

/** The way from an empty area to the first message, for a school that has just begun. */
export const FirstSteps = ({ user, pupils }: { user: Entitled; pupils: number }) => (
  <>
    <h2 class="govuk-heading-m">
      {sends(user) ? 'Three steps to the first message' : 'Two steps to begin'}
    </h2>
    <TaskList id="first-steps" tasks={stepsFor(user, pupils)} />
  </>
)

/** Whether the school sends at all, whoever of its people may. */
const sends = ({ products }: Entitled): boolean => products.includes('call-parents')

function stepsFor(user: Entitled, pupils: number): Task[] {
  const hasPupils = pupils > 0
  const steps: Task[] = [
    {
      title: 'Import your pupils and their contacts',
      ...(may(user, 'import') && { href: '/school/imports/new' }),
      hint: 'A file from your management information system. Nothing changes until you have looked at it.',
      status: hasPupils ? 'Completed' : <Tag tone="blue">To do</Tag>,
    },
    {
      title: 'Look up a pupil and check who is contacted',
      ...(hasPupils && { href: '/school/pupils' }),
      hint: 'Numbers, priorities, parental responsibility, and anybody who must not be contacted.',
      status: hasPupils ? <Tag tone="blue">To do</Tag> : 'Cannot start yet',
    },
    {
      title: 'Send the first message',
      ...(hasPupils && may(user, 'send-messages') && { href: '/school/messages/new' }),
      hint: 'You see who gets it and what it costs before anything goes.',
      status: hasPupils ? <Tag tone="blue">To do</Tag> : 'Cannot start yet',
    },
  ]
  return sends(user) ? steps : steps.slice(0, -1)
}
