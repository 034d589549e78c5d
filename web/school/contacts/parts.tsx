import { showPhone } from '#kernel'
import type { Channel, Point, Standing, Tie } from '#people'
import { Tag } from '../../kit/index.ts'
import { channelWords, standingWords } from '../../words/people.ts'

/** A number as people write it, or an address as it is. */
export const pointText = (channel: Channel, value: string): string =>
  channel === 'email' ? value : showPhone(value)

/** How somebody is reached, one below the other, with a tag on what does not work. */
export const Reached = (props: { points: readonly Point[] }) =>
  props.points.length === 0 ? (
    <>No number or address</>
  ) : (
    <>
      {props.points.map((point) => (
        <div>
          <span class="govuk-visually-hidden">{channelWords[point.channel]}: </span>
          <span class="sg-typed">{pointText(point.channel, point.value)}</span>
          {point.isFailing && (
            <>
              {' '}
              <Tag tone="orange">Not working</Tag>
            </>
          )}
        </div>
      ))}
    </>
  )

/** Whether they may be contacted, said to everybody; why is said only where the law wants it known. */
export const StandingTag = (props: { standing: Standing }) =>
  props.standing === 'none' ? null : <Tag tone="red">{standingWords[props.standing]}</Tag>

/** "Mother", with parental responsibility and any restriction beside it. */
export const TieText = (props: { tie: Tie }) => (
  <>
    {props.tie.relationship ?? 'Not recorded'}
    {props.tie.hasParentalResponsibility && (
      <>
        {' '}
        <Tag tone="blue">Parental responsibility</Tag>
      </>
    )}
  </>
)
