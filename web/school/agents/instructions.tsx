import { program } from '../../agent-program.ts'
import { BackLink } from '../../kit/index.ts'
import { page } from '../../page.tsx'
import { schoolRoute } from '../../route.ts'
import { AGENTS } from './parts.tsx'
import { Readme } from './readme.tsx'

/** The README that comes with the program, to read before it is there. */
export const agentInstructions = schoolRoute('/school/agents/instructions', 'manage-agents', {
  get: (visit) =>
    page(
      visit,
      { title: 'The agent’s instructions', before: <BackLink href={AGENTS} text="Agents" /> },
      <div class="sg-readme">
        <Readme text={program.readme} />
      </div>,
    ),
})
