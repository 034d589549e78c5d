import * as delivery from '#delivery'
import type { ParcelLine, ParcelState } from '#delivery'
import { fromStoredMillipence, type ParcelId, showPence, showPhone, showShort } from '#kernel'
import * as messaging from '#messaging'
import type { Candidate, Message } from '#messaging'
import type { School } from '#shards'
import { StatusTag, statusWords, Table } from '../../kit/index.ts'
import { parcelStatus, withheldWords } from '../../words/messages.ts'
import { namesOf } from './people-named.ts'
import { messagePath } from './whose.ts'

/** Texts or e-mails that a page lists. */
const PAGE = 50

/** Which part of a message's recipients is looked at. */
export type Part = { state?: ParcelState | undefined; after?: ParcelId | undefined }

export type RecipientLine = { parcel: ParcelLine; people: string[]; pupils: string[] }
export type RecipientList = { lines: RecipientLine[]; next: ParcelId | undefined }

/** A page of those who were sent a message, each with everyone who is credited with it. */
export async function recipientsOf(
  school: School,
  message: Message,
  part: Part,
): Promise<RecipientList> {
  const found = await delivery.listByMessage(school, message.id, { limit: PAGE + 1, ...part })
  const parcels = found.slice(0, PAGE)
  const candidates = await messaging.listByParcels(
    school,
    parcels.map(({ id }) => id),
  )
  const name = await namesOf(school, candidates)
  const byParcel = Map.groupBy(candidates, ({ parcelId }) => parcelId)
  const once = (list: Candidate[], pick: (one: Candidate) => string) => [
    ...new Set(list.map(pick).filter(Boolean)),
  ]
  return {
    lines: parcels.map((parcel) => {
      const credited = byParcel.get(parcel.id) ?? []
      return {
        parcel,
        people: once(credited, (one) => name(one.personId)),
        pupils: once(credited, (one) => name(one.pupilId)),
      }
    }),
    next: found.length > PAGE ? parcels.at(-1)?.id : undefined,
  }
}

export const RecipientTable = (props: {
  message: Message
  list: RecipientList
  part: Part
  counts: Partial<Record<ParcelState, number>>
}) => {
  const { message, list, part } = props
  return (
    <>
      <h2 class="govuk-heading-m" id="recipients">
        Recipients
      </h2>
      <States {...props} />
      <Table
        caption={part.state ? statusWords(parcelStatus[part.state]) : 'Everyone it goes to'}
        captionHidden
        columns={[
          { head: 'To', cell: To },
          { head: 'About', cell: (line) => line.pupils.join(', ') || '–' },
          { head: 'Status', cell: Status },
          { head: 'Time', cell: (line) => showShort(line.parcel.changedAtMs) },
          { head: 'Message ID', cell: (line) => line.parcel.providerMessageId ?? '–' },
          { head: 'Price', numeric: true, cell: Price },
        ]}
        rows={list.lines}
        empty={<p class="govuk-body">Nobody, at the moment.</p>}
      />
      <p class="govuk-body">
        {part.after && (
          <a class="govuk-link" href={pathOf(message, { state: part.state })}>
            First recipients
          </a>
        )}{' '}
        {list.next && (
          <a class="govuk-link" href={pathOf(message, { state: part.state, after: list.next })}>
            Next recipients
          </a>
        )}
      </p>
    </>
  )
}

/** The path of the message's page that shows this part of its recipients. */
export function pathOf(message: Pick<Message, 'id'>, { state, after }: Part): string {
  const query = [...(state ? [`state=${state}`] : []), ...(after ? [`after=${after}`] : [])]
  return messagePath(message, query.length > 0 ? `?${query.join('&')}` : '')
}

const To = ({ people, parcel }: RecipientLine) => (
  <>
    {people.join(', ')}
    <br />
    <span class="govuk-hint govuk-!-margin-bottom-0">{shown(parcel)}</span>
  </>
)

const shown = ({ channel, opened }: ParcelLine): string =>
  channel === 'sms' ? showPhone(opened.address) : opened.address

const Status = ({ parcel }: RecipientLine) => (
  <>
    <StatusTag status={parcelStatus[parcel.state]} />
    {whyNot(parcel) && (
      <>
        <br />
        <span class="govuk-hint govuk-!-margin-bottom-0">{whyNot(parcel)}</span>
      </>
    )}
  </>
)

function whyNot({ state, code, withheldBecause }: ParcelLine): string | null {
  if (state === 'cancelled') return withheldBecause && withheldWords[withheldBecause]
  return state.startsWith('failed') ? code : null
}

const Price = ({ parcel }: RecipientLine): string =>
  parcel.channel === 'email' ? 'Free' : showPence(fromStoredMillipence(parcel.priceMillipence))

const States = (props: {
  message: Message
  part: Part
  counts: Partial<Record<ParcelState, number>>
}) => {
  const present = (Object.keys(parcelStatus) as ParcelState[]).filter(
    (state) => props.counts[state],
  )
  if (present.length < 2 && !props.part.state) return null
  const ways: [string, ParcelState | undefined][] = [
    ['All', undefined],
    ...present.map((state): [string, ParcelState] => [
      `${statusWords(parcelStatus[state])} (${props.counts[state]})`,
      state,
    ]),
  ]
  return (
    <nav aria-label="Recipients by status">
      <p class="govuk-body">
        {ways.map(([text, state], index) => (
          <>
            {index > 0 && ' · '}
            {state === props.part.state ? (
              <strong>{text}</strong>
            ) : (
              <a class="govuk-link" href={`${pathOf(props.message, { state })}#recipients`}>
                {text}
              </a>
            )}
          </>
        ))}
      </p>
    </nav>
  )
}
