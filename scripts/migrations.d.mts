export const schemas: readonly string[]
export function generate(schema: string, out: string, ...options: string[]): string
