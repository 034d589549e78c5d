import type { Organisation } from '#schools'

/** The first page of an organisation's own area: "/school". */
export const areaOf = ({ kind }: Pick<Organisation, 'kind'>): string => `/${kind}`
