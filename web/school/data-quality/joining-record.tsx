import { showDate } from '#kernel'
import * as people from '#people'
import { type Contact, contactName, fullName, type Restriction } from '#people'
import { SummaryList } from '../../kit/index.ts'
import { may } from '../../may.ts'
import type { SchoolVisit } from '../../route.ts'
import { scopeWords, standingWords } from '../../words/people.ts'
import { Reached, StandingTag } from '../contacts/parts.tsx'

export type Pair = readonly [Contact, Contact]

/** What is laid on two contacts; `isOpen`: the visitor may know why, and that they looked stands in the trail. */
export type Laid = { restrictions: readonly Restriction[]; isOpen: boolean }

export async function laidOn({ school, user }: SchoolVisit, pair: Pair): Promise<Laid> {
  const ids = pair.map(({ id }) => id)
  const isOpen = may(user, 'see-restrictions')
  const restrictions = isOpen
    ? await people.viewRestrictionsOf(school, ids)
    : await people.restrictionsOf(school, ids)
  return { restrictions, isOpen }
}

/** One of the two, with what must be known before it becomes the other. */
export const Record = (props: { pair: Pair; at: 0 | 1; laid: Laid }) => {
  const { pair, at, laid } = props
  const contact = pair[at]
  const theirs = laid.restrictions.filter(({ contactId }) => contactId === contact.id)
  return (
    <SummaryList
      title={`${at === 0 ? 'First' : 'Second'}: ${contactName(contact.record)}`}
      rows={[
        {
          key: 'Restrictions',
          value:
            theirs.length === 0
              ? 'None'
              : theirs.map((one) => <Restricted one={one} pair={pair} isOpen={laid.isOpen} />),
        },
        { key: 'Reached at', value: <Reached points={contact.points} /> },
        {
          key: 'Children',
          value:
            contact.children
              .map(({ record, relationship }) =>
                [fullName(record), relationship].filter(Boolean).join(', '),
              )
              .join('; ') || 'None',
        },
        { key: 'Language', value: contact.record.language ?? 'Not recorded' },
      ]}
    />
  )
}

const Restricted = (props: { one: Restriction; pair: Pair; isOpen: boolean }) => {
  const { one, pair, isOpen } = props
  const begins = one.standing === 'none' && `From ${showDate(one.startsAtMs)}: `
  return (
    <div>
      {begins || <StandingTag standing={one.standing} />}
      {begins && standingWords[one.scope]} about {aboutWhom(one, pair)}
      {isOpen && `. ${scopeWords[one.scope]?.text ?? 'Cannot be read'}. `}
      {isOpen && (one.record?.reason ?? 'Why cannot be read.')}
    </div>
  )
}

/** What holds for the one who stays, said before they are joined. */
export const WhatWillHold = ({ pair, laid }: { pair: Pair; laid: Laid }) => {
  const now = laid.restrictions.filter(({ standing }) => standing !== 'none')
  const about = [...new Set(now.map((one) => aboutWhom(one, pair)))]
  return (
    <>
      This cannot be undone. The record that stays has all the children, numbers, addresses,
      restrictions and messages of both.
      {about.length > 0 &&
        ` Whichever you keep, ${contactName(pair[0].record)} must not be contacted about ${words(about)}, at any number or address of either record.`}
    </>
  )
}

/** A child whom the visitor may not see is not named. */
const aboutWhom = ({ pupilId }: Restriction, pair: Pair): string => {
  if (pupilId === null) return 'any child at this school'
  const child = pair.flatMap(({ children }) => children).find(({ id }) => id === pupilId)
  return child ? fullName(child.record) : 'another child'
}

const words = (all: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(all)
