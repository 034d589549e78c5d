import type { Import } from './import-graph.ts'
import { importOrder, modules } from './modules.ts'

/** What is wrong with an import, said so that one knows what to do instead; undefined where it is right. */
type Rule = (one: Import) => string | undefined

const moduleOf = (path: string): string | undefined => {
  const [, name] = path.match(/^workers\/([^/]+)\//) ?? []
  return name && modules.includes(name) ? name : undefined
}
const lineOf = (name: string): number => importOrder.findIndex((line) => line.includes(name))
const isProduct = (path: string): boolean => /^(workers|web)\//.test(path)

/** Each module may import those above it only; strangers on one line do not know each other. */
const goesDown: Rule = ({ from, to }) => {
  const [ours, theirs] = [moduleOf(from), moduleOf(to)]
  if (!ours || ours === theirs) return undefined
  if (theirs && lineOf(theirs) < lineOf(ours)) return undefined
  return isProduct(to)
    ? 'imports what is not above it: move the code down, or pass the value in'
    : undefined
}

/** Another module is entered through its `index.ts`. The browser’s modules and the kit take pure files singly. */
const frontDoor: Rule = ({ from, to }) => {
  const theirs = moduleOf(to)
  const isInside = moduleOf(from) === theirs
  const isForBrowser = /^web\/(islands|kit)\//.test(from)
  if (
    !isProduct(from) ||
    !theirs ||
    isInside ||
    isForBrowser ||
    to === `workers/${theirs}/index.ts`
  )
    return undefined
  return `goes round ${theirs}’s front door: export what you need in workers/${theirs}/index.ts`
}

const pureKernel: Rule = ({ from, to }) =>
  moduleOf(from) === 'kernel' && /^(drizzle-orm|hono|zod|cloudflare:)/.test(to)
    ? 'the kernel knows no SQL and no HTTP: pass in what it needs'
    : undefined

const deployedAlone: Rule = ({ from, to }) =>
  isProduct(from) && /^(test|seed|sandbox|scripts|bench|agent)\//.test(to)
    ? 'is never deployed: move what both need into the product'
    : undefined

const outsideWorld: Rule = ({ from, to }) =>
  from.startsWith('sandbox/') && /^(workers|web|test|seed|scripts|bench)\//.test(to)
    ? 'the sandbox stands for the outside world: it talks to us over HTTP alone'
    : undefined

const webOnTop: Rule = ({ from, to }) =>
  from.startsWith('workers/') && from !== 'workers/main.ts' && to.startsWith('web/')
    ? 'only workers/main.ts imports pages'
    : undefined

const rules: readonly Rule[] = [
  goesDown,
  frontDoor,
  pureKernel,
  deployedAlone,
  outsideWorld,
  webOnTop,
]

/** Everything that is wrong with an import, each with the import before it. */
export const faultsOf = (one: Import): string[] =>
  rules.flatMap((rule) => {
    const fault = rule(one)
    return fault ? [`${one.from} → ${one.to}: ${fault}`] : []
  })
