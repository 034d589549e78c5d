import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** A program of node_modules. */
export const program = (name: string): string => join(root, 'node_modules', '.bin', name)

/** The environment in which those programs find the current Node before the machine's own. */
export const toolEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`,
})

/** A directory that an environment variable names, or else one inside the checkout. */
export const placeFrom = (name: string, otherwise: string): string =>
  resolve(root, process.env[name] || otherwise)
