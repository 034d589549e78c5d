import { inbound } from './hooks/inbound.ts'
import { receipts } from './hooks/receipts.ts'
import { home as authorityHome } from './authority/home.tsx'
import { deadLetters } from './operator/dead-letters.tsx'
import { discard as deadLetterDiscard } from './operator/discard.ts'
import { home as operatorHome } from './operator/home.tsx'
import { keyResealing } from './operator/key-resealing.ts'
import { keyRotation } from './operator/key-rotation.ts'
import { keyWrapping } from './operator/key-wrapping.ts'
import { keys } from './operator/keys.tsx'
import { retry as deadLetterRetry } from './operator/retry.ts'
import { healthz } from './public/healthz.ts'
import { home } from './public/home.ts'
import { privacy } from './public/privacy.tsx'
import { signIn } from './public/sign-in.tsx'
import { signOut } from './public/sign-out.ts'
import type { Route } from './route.ts'
import { contactsToFix } from './school/contacts-to-fix.tsx'
import { contact } from './school/contacts/contact.tsx'
import { point } from './school/contacts/point.tsx'
import { home as schoolHome } from './school/home.tsx'
import { importApplied } from './school/imports/applied.ts'
import { importApproval } from './school/imports/approval.ts'
import { importDiscarded } from './school/imports/discarded.ts'
import { importPage } from './school/imports/import.tsx'
import { importList } from './school/imports/list.tsx'
import { importMapping } from './school/imports/mapping.tsx'
import { importNew } from './school/imports/new.tsx'
import { importRejected } from './school/imports/rejected.ts'
import { importSample } from './school/imports/sample.ts'
import { cancelMessage } from './school/messages/cancellation.ts'
import { checkMessage } from './school/messages/check.tsx'
import { discardMessage } from './school/messages/discard.ts'
import { editMessage } from './school/messages/edit.tsx'
import { leftOut } from './school/messages/left-out.tsx'
import { messageList } from './school/messages/list.tsx'
import { messagePage } from './school/messages/message.tsx'
import { newMessage } from './school/messages/new.tsx'
import { scheduleMessage } from './school/messages/schedule.ts'
import { pupil } from './school/pupils/pupil.tsx'
import { pupils } from './school/pupils/pupils.tsx'
import { restrictionEnd } from './school/pupils/restriction-end.tsx'
import { restrictions } from './school/pupils/restrictions.tsx'
import { replyList } from './school/replies/list.tsx'
import { readReply } from './school/replies/reading.ts'
import { replyPage } from './school/replies/reply.tsx'
import { staff } from './school/staff/staff.tsx'
import { trail } from './school/trail.tsx'

/** Every URL of the service. The doors test drives each of them as every kind of person. */
export const routes: readonly Route[] = [
  home,
  healthz,
  privacy,
  signIn,
  signOut,
  authorityHome,
  operatorHome,
  deadLetters,
  deadLetterRetry,
  deadLetterDiscard,
  keys,
  keyWrapping,
  keyRotation,
  keyResealing,
  schoolHome,
  messageList,
  newMessage,
  messagePage,
  editMessage,
  checkMessage,
  scheduleMessage,
  cancelMessage,
  discardMessage,
  leftOut,
  replyList,
  replyPage,
  readReply,
  pupils,
  pupil,
  restrictions,
  restrictionEnd,
  contact,
  point,
  staff,
  contactsToFix,
  trail,
  receipts,
  inbound,
  importList,
  importSample,
  importNew,
  importPage,
  importMapping,
  importApplied,
  importApproval,
  importDiscarded,
  importRejected,
]
