import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs'
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs'
import { NotificationBanner } from 'govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs'

export const startButton = (element: HTMLElement): void => void new Button(element)
export const startErrorSummary = (element: HTMLElement): void => void new ErrorSummary(element)
export const startNotificationBanner = (element: HTMLElement): void =>
  void new NotificationBanner(element)
