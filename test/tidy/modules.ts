/**
 * The order of DESIGN §3, as data. A module may import those of earlier lines; those of one line are
 * strangers to each other. A new capability is put in its place here.
 */
export const importOrder: readonly (readonly string[])[] = [
  ['kernel'],
  ['vault'],
  ['shards'],
  ['audit'],
  ['access', 'agents', 'schools'],
  ['people'],
  ['consent', 'delivery'],
  ['account-mail', 'attendance', 'messaging'],
  ['mis'],
  ['privacy'],
]

/** The composition root beside them may import all. */
export const modules: readonly string[] = importOrder.flat()
