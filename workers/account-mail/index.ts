/**
 * Account mail owns the e-mails that the service itself writes to people with accounts: an invitation, a
 * link to a new password, a reminder. It promises that they go the way that every message goes, through
 * delivery's parcels, sealed and looked up when an answer is lost, and that they cost a school nothing.
 * It never writes to a parent.
 */
export { invitation, type InvitationWords } from './invitation.ts'
export { factorNews, type FactorWords } from './factor-news.ts'
export { agentLate, type AgentLateWords } from './agent-late.ts'
export { tellOfLateAgents } from './late-agents.ts'
export { type Mail, posted } from './posted.ts'
export { remindOfReviews } from './review-reminders.ts'
export { passwordChanged, type PasswordChangedWords } from './password-changed.ts'
export { passwordReminder, type PasswordReminderWords } from './password-reminder.ts'
export { remindOfPasswords } from './password-reminders.ts'
export { passwordReset, type PasswordResetWords } from './password-reset.ts'
export { registerChange, type RegisterChangeWords } from './register-change.ts'
export { tellOfChanges, type Telling } from './register-changes.ts'
