import type { LastRefusal, User, WhomRefusal } from '#access'
import { isRefusal, type UserId } from '#kernel'
import type { Directory, School } from '#shards'
import { askFirst, type Question } from '../../ask-first.tsx'
import { notFoundPage } from '../../error-pages.tsx'
import { seeOther } from '../../page.tsx'
import type { SchoolVisit } from '../../route.ts'
import type { Notice } from '../../words/notices.ts'
import { userRefusals } from '../../words/users.ts'
import { presentUserOf, userPath } from './whose.ts'

/** One way in which somebody’s access ends, for now or for good. */
export type Ending = {
  words: (user: User) => Pick<Question, 'title' | 'warning' | 'button'>
  act: (
    directory: Directory,
    school: School,
    id: UserId,
  ) => Promise<WhomRefusal | LastRefusal | undefined>
  /** Where it leads when it is done, and what is said there. */
  leadsTo: (visit: SchoolVisit, user: User) => string
  notice: Notice
}

/** What a URL below a user’s answers that ends their access: it asks first, and then does it. */
export const endingOf = (below: `/${string}`, { words, act, leadsTo, notice }: Ending) => {
  const ask = (visit: SchoolVisit, user: User, refusal?: string): Promise<Response> =>
    askFirst(visit, {
      ...words(user),
      caption: user.name,
      action: userPath(visit, user.id, below),
      back: userPath(visit, user.id),
      refusal,
    })

  return {
    get: async (visit: SchoolVisit): Promise<Response> => {
      const user = await presentUserOf(visit)
      return user ? ask(visit, user) : notFoundPage(visit)
    },

    post: async (visit: SchoolVisit): Promise<Response> => {
      const user = await presentUserOf(visit)
      if (!user) return notFoundPage(visit)
      const refusal = await act(visit.directory, visit.school, user.id)
      if (isRefusal(refusal)) return ask(visit, user, userRefusals[refusal.refused])
      return seeOther(visit, leadsTo(visit, user), notice)
    },
  }
}
