import * as people from '#people'
import { type StaffMember, staffName } from '#people'
import { Empty, PageHeading, Table } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { Reached } from '../contacts/parts.tsx'

/** Everyone who works at the school, and how they are reached. */
export const staff = schoolRoute('/school/staff', 'see-people', {
  get: async (visit) =>
    page(
      visit,
      { title: 'Staff' },
      <>
        <PageHeading>Staff</PageHeading>
        <Table
          caption="Staff"
          captionHidden
          columns={columns}
          rows={await people.viewStaff(visit.school)}
          empty={
            <Empty heading="No staff yet">
              Members of staff whom the school can write to are listed here.
            </Empty>
          }
        />
      </>,
    ),
})

const columns = [
  { head: 'Name', cell: ({ record }: StaffMember) => staffName(record) },
  { head: 'Reached at', cell: ({ points }: StaffMember) => <Reached points={points} /> },
]
