import { publicRoute } from '../route.ts'
import { areaOf } from '../area.ts'
import { knownVisitor } from './known-visitor.ts'

/** The address people type: on to their own area, or to signing in. */
export const home = publicRoute('/', {
  get: async (visit) => {
    const person = await knownVisitor(visit)
    return visit.c.redirect(person ? areaOf(person.organisation) : '/sign-in', 303)
  },
})
