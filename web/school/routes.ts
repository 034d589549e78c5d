import type { Route } from '../route.ts'
import { administrationPage } from './administration.tsx'
import { agentInstructions } from './agents/instructions.tsx'
import { agentKeyChange } from './agents/key-change.tsx'
import { agentList } from './agents/list.tsx'
import { agentNew } from './agents/new.tsx'
import { agentNewCode } from './agents/new-code.tsx'
import { agentPage } from './agents/agent.tsx'
import { agentRevocation } from './agents/revocation.tsx'
import { cancelMessage } from './messages/cancellation.ts'
import { checkMessage } from './messages/check.tsx'
import { contact } from './contacts/contact.tsx'
import { contactJoining } from './data-quality/joining.tsx'
import { contactsToFix } from './contacts-to-fix.tsx'
import { dataQuality } from './data-quality/data-quality.tsx'
import { discardMessage } from './messages/discard.ts'
import { editMessage } from './messages/edit.tsx'
import { home } from './home.tsx'
import { importApplied } from './imports/applied.ts'
import { importApproval } from './imports/approval.ts'
import { importDiscarded } from './imports/discarded.ts'
import { importList } from './imports/list.tsx'
import { importMapping } from './imports/mapping.tsx'
import { importNew } from './imports/new.tsx'
import { importPage } from './imports/import.tsx'
import { importLeavers } from './imports/leavers.ts'
import { importRejected } from './imports/rejected.ts'
import { importSample } from './imports/sample.ts'
import { leftOut } from './messages/left-out.tsx'
import { mappingForAgent } from './mappings/for-agent.ts'
import { mappingList } from './mappings/list.tsx'
import { mappingNew } from './mappings/new.tsx'
import { mappingPage } from './mappings/mapping.tsx'
import { mappingRemoval } from './mappings/removal.tsx'
import { messageList } from './messages/list.tsx'
import { messagePage } from './messages/message.tsx'
import { newMessage } from './messages/new.tsx'
import { point } from './contacts/point.tsx'
import { pupil } from './pupils/pupil.tsx'
import { pupilAttendance } from './pupils/attendance.tsx'
import { pupilLooks } from './pupils/looks.tsx'
import { pupils } from './pupils/pupils.tsx'
import { readReply } from './replies/reading.ts'
import { replyList } from './replies/list.tsx'
import { replyPage } from './replies/reply.tsx'
import { restrictionEnd } from './pupils/restriction-end.tsx'
import { restrictions } from './pupils/restrictions.tsx'
import { scheduleMessage } from './messages/schedule.ts'
import { staff } from './staff/staff.tsx'
import { support } from './support/support.tsx'
import { supportEnd } from './support/end.ts'
import { writeBackDone } from './write-backs/done.ts'
import { writeBackList } from './write-backs/list.tsx'

/** Every page of the school area that stands in no other. What is named exactly comes before what is not. */
export const schoolRoutes: readonly Route[] = [
  home,
  administrationPage,
  agentList,
  agentNew,
  agentInstructions,
  agentPage,
  agentNewCode,
  agentKeyChange,
  agentRevocation,
  contactsToFix,
  contact,
  contactJoining,
  point,
  dataQuality,
  importList,
  importNew,
  importSample,
  importPage,
  importApplied,
  importApproval,
  importDiscarded,
  importMapping,
  importRejected,
  importLeavers,
  mappingList,
  mappingForAgent,
  mappingNew,
  mappingPage,
  mappingRemoval,
  messageList,
  newMessage,
  messagePage,
  cancelMessage,
  checkMessage,
  discardMessage,
  editMessage,
  leftOut,
  scheduleMessage,
  pupils,
  pupil,
  pupilAttendance,
  pupilLooks,
  restrictions,
  replyList,
  replyPage,
  readReply,
  restrictionEnd,
  staff,
  support,
  supportEnd,
  writeBackList,
  writeBackDone,
]
