// GOV.UK Frontend ships no types. What the islands use of it, and no more.
declare module 'govuk-frontend/dist/govuk/components/*.mjs' {
  type Component = new (root: HTMLElement) => object
  export const Button: Component
  export const ErrorSummary: Component
  export const NotificationBanner: Component
}
