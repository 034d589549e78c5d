import { z } from 'zod'
import * as audit from '#audit'
import { newId } from '#kernel'
import { formPage } from '../../form-page.tsx'
import type { FieldErrors } from '../../form.ts'
import { csvHeaders } from '../../csv-text.ts'
import { readForm } from '../../form.ts'
import { Button, FilterLayout, Form, Inset } from '../../kit/index.ts'
import { seeOther } from '../../page.tsx'
import { everyArea, type SchoolVisit } from '../../route.ts'
import { MOST_EXPORTED, trailCsv } from './csv.ts'
import { errorsOf, fieldsOf, filterOf, type Looked, lookedFor, queryOf } from './filter.ts'
import { choicesFor, TrailFilter, withoutRemoved } from './trail-filter.tsx'
import { pathOf } from './trail.tsx'

/** The trail, or the part of it that is chosen, as a file to take away; that it was taken stands in it. */
export const trailExport = everyArea('/trail/export', 'export-trail', {
  isConfirmed: true,
  get: (visit) => {
    const asked = (name: string) => visit.c.req.query(name)
    const looked = lookedFor(asked)
    const narrower = withoutRemoved(looked, asked('remove'), `${pathOf(visit)}/export`)
    return narrower === undefined ? show(visit, looked) : seeOther(visit, narrower)
  },

  post: async (visit) => {
    const { typed } = await readForm(visit.c, z.object({}))
    const looked = lookedFor((name) => typed[name])
    if (Object.keys(errorsOf(looked)).length > 0) return show(visit, looked)

    const { school, directory } = visit
    const filter = filterOf(looked)
    const before = newId('entry', school.clock.now())
    const count = await countOf(visit, looked)
    const isCut = count > MOST_EXPORTED
    const facts = { entries: Math.min(count, MOST_EXPORTED), isCut, ...fieldsOf(looked) }
    await school.commit(audit.entry(school, 'trail.exported', school.id, facts))
    const csv = trailCsv(directory, school, { filter, before, isCut })
    return visit.c.body(csv, 200, csvHeaders('trail.csv'))
  },
})

/** How many entries fit, counted no further than to see that they are too many. */
const countOf = ({ school }: SchoolVisit, looked: Looked): Promise<number> =>
  audit.count(school, filterOf(looked), MOST_EXPORTED + 1)

async function show(visit: SchoolVisit, looked: Looked): Promise<Response> {
  const errors: FieldErrors = errorsOf(looked)
  const [choices, count] = await Promise.all([choicesFor(visit, looked), countOf(visit, looked)])
  const path = pathOf(visit)
  return formPage(
    visit,
    {
      title: 'Download the trail',
      back: { href: path + queryOf(looked), text: 'Trail' },
      errors,
      isWide: true,
    },
    <FilterLayout
      filter={
        <TrailFilter action={`${path}/export`} {...{ looked, choices, errors }} more={null} />
      }
    >
      <p class="govuk-body">{countWords(count)}</p>
      <p class="govuk-body">
        The file names the users who did something. Pupils, contacts and messages stand in it by
        their ids only. That you download it is itself noted in the trail.
      </p>
      {count > MOST_EXPORTED && (
        <Inset>
          The file holds the newest {MOST_EXPORTED.toLocaleString('en-GB')}. For earlier ones choose
          a last day and download again.
        </Inset>
      )}
      <Form action={`${path}/export`} hidden={fieldsOf(looked)}>
        <Button>Download as CSV</Button>
      </Form>
    </FilterLayout>,
  )
}

function countWords(count: number): string {
  if (count > MOST_EXPORTED) {
    return `More than ${MOST_EXPORTED.toLocaleString('en-GB')} entries fit what is chosen.`
  }
  if (count === 1) return 'One entry fits what is chosen.'
  return `${count.toLocaleString('en-GB')} entries fit what is chosen.`
}
