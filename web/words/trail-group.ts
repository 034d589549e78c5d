/** Actions of the trail that somebody looks for together, each with its sentence. */
export type TrailGroup = {
  readonly name: string
  readonly actions: Readonly<Record<string, string>>
}
