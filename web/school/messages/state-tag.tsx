import type { State } from '#messaging'
import { Tag } from '../../kit/index.ts'
import { stateWords } from '../../words/messages.ts'

/** How a whole message stands; one text of it has its own tag. */
export const StateTag = ({ state }: { state: State }) => (
  <Tag tone={stateWords[state].tone}>{stateWords[state].name}</Tag>
)
