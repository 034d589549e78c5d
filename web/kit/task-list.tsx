import type { Child } from 'hono/jsx'

export type Task = {
  title: string
  /** Left out while the task cannot be started yet. */
  href?: string | undefined
  hint?: Child | undefined
  /** A `Tag`, or plain words for what is done: "Completed" needs no colour. */
  status: Child
}

/** The steps of a job that takes several pages, in order, and how each stands. */
export const TaskList = (props: { id: string; tasks: readonly Task[] }) => (
  <ul class="govuk-task-list">
    {props.tasks.map((task, index) => (
      <TaskItem task={task} id={`${props.id}-${index + 1}`} />
    ))}
  </ul>
)

const TaskItem = ({ task, id }: { task: Task; id: string }) => (
  <li
    class={
      task.href ? 'govuk-task-list__item govuk-task-list__item--with-link' : 'govuk-task-list__item'
    }
  >
    <div class="govuk-task-list__name-and-hint">
      {task.href ? (
        <a
          class="govuk-link govuk-task-list__link"
          href={task.href}
          aria-describedby={task.hint ? `${id}-hint ${id}-status` : `${id}-status`}
        >
          {task.title}
        </a>
      ) : (
        <div>{task.title}</div>
      )}
      {task.hint && (
        <div id={`${id}-hint`} class="govuk-task-list__hint">
          {task.hint}
        </div>
      )}
    </div>
    <div class="govuk-task-list__status" id={`${id}-status`}>
      {task.status}
    </div>
  </li>
)
