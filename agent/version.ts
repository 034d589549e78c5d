/** Of the agent; Schoolgate's page Agents shows it, so that an old one is noticed. */
export const VERSION = '1.0.0'
