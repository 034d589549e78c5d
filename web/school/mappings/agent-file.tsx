import type * as mis from '#mis'

type Saved = Pick<mis.mappings.SavedMapping, 'id' | 'name'>

/** Small letters, digits and dashes: it is typed into a configuration. */
export const fileNameOf = (name: string): string => {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return `${letters || 'columns'}.mapping.json`
}

/** A mapping as a feed of the agent's configuration takes it (`parseMapping` reads it back). */
export const textForAgent = (mapping: mis.Mapping): string =>
  `${JSON.stringify(mapping, null, 2)}\n`

/** Where the agent's copy of a mapping is to be had, and what becomes of it. */
export const ForAgent = ({ id, name }: Saved) => (
  <p class="govuk-body">
    <a class="govuk-link" href={`/school/mappings/${id}/agent.json`}>
      Download for the agent
    </a>
    : put the file beside the agent’s configuration, and name it there: “mapping”: “
    {fileNameOf(name)}”. After a change here, download it again.
  </p>
)
