/**
 * Access owns who may come in: users, passwords, sessions, and the count of wrong guesses. It
 * promises that an account that is not there looks like a wrong password, that a session ends when
 * it is ended, and that an organisation's trail knows of every sign-in. It never keeps a password or
 * a session's token, only what was made of them; names and e-mails are sealed under the
 * organisation's own key.
 */
export { type AddRefusal, addUser, type NewUser } from './add-user.ts'
export { disableUser } from './disable-user.ts'
export { forget } from './forget.ts'
export { type Caller, fromWhere } from './from-where.ts'
export { sessionsHolding, signInFailuresHolding, usersHolding } from './holdings.ts'
export { type Attempt, signIn, type SignInOptions } from './sign-in.ts'
export { signOut } from './sign-out.ts'
export { find, list, namesOf } from './store.ts'
export type { Role, User, UserRecord, UserState } from './user.ts'
export { userOfSession } from './user-of-session.ts'
