const OWN_PATH = /^\/(school|operator|authority|account)(\/[A-Za-z0-9_-]+)*(\.[a-z]{1,5})?$/

/**
 * Where to go after signing in: a page of the person's own area that was asked for before, of their account, or
 * the area's first. Anything else that stands in the address (another site, a script, another area) is
 * not followed, so that our sign-in page cannot be made to send people elsewhere.
 */
export function pathAfterSignIn(asked: string | undefined, area: string): string {
  if (asked === undefined || !OWN_PATH.test(asked)) return area
  return asked === area || asked.startsWith(`${area}/`) || asked.startsWith('/account')
    ? asked
    : area
}
