/**
 * A school's number at the Department for Education: the local authority's (three digits) and the school's own
 * in it (four), as Get Information about Schools writes them: 933/4012. It is public. Files of the school's own
 * system give both parts, so that another school's file is known by it.
 */
export type DfeNumber = `${string}/${string}`

/** Reads one as people type it, 933/4012 or 9334012; undefined where it is none. */
export function parseDfeNumber(text: string): DfeNumber | undefined {
  const [, laCode, establishment] = /^(\d{3}) ?[/-]? ?(\d{4})$/.exec(text.trim()) ?? []
  return laCode && establishment ? `${laCode}/${establishment}` : undefined
}

export function partsOfDfeNumber(number: DfeNumber): { laCode: string; establishment: string } {
  const [laCode = '', establishment = ''] = number.split('/')
  return { laCode, establishment }
}
