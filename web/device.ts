import Bowser from 'bowser'

/** Longer ones are made up: no browser's name for itself comes near it. */
const LONGEST_USER_AGENT = 512

/**
 * A browser as its owner knows it: "Firefox on Windows". Only what helps to tell one's own sessions apart is
 * kept of what it says about itself, and nothing by which it could be known elsewhere.
 */
export function deviceOf(userAgent: string | undefined): string {
  if (!userAgent) return UNKNOWN
  const { browser, os } = Bowser.parse(userAgent.slice(0, LONGEST_USER_AGENT))
  const name = plain(browser.name)
  const system = plain(os.name)
  if (name && system) return `${name} on ${system}`
  return name ?? (system ? `A browser on ${system}` : UNKNOWN)
}

const UNKNOWN = 'Unknown device'
const LONGEST_NAME = 40

/** Where bowser does not know a browser it takes a word of what was sent, which may be anything. */
const plain = (name: string | undefined): string | undefined =>
  name
    ?.replace(/[^\w .+-]+/g, '')
    .slice(0, LONGEST_NAME)
    .trim() || undefined
