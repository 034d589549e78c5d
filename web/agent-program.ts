import made from '../dist/agent.json' with { type: 'json' }

/**
 * The newest agent, for schools to download: made with the styles and scripts, and served like them. It holds no
 * secret, so nobody is asked who they are.
 */
export const program = made
