import type { Route } from '../route.ts'
import { accountsExport } from './accounts-export.tsx'
import { accounts } from './accounts.tsx'
import { agentKeyRotation } from './agent-key-rotation.ts'
import { bulkExportApproval } from './bulk-exports/approval.ts'
import { bulkExport } from './bulk-exports/export.tsx'
import { bulkExportFile } from './bulk-exports/file.ts'
import { bulkExportList } from './bulk-exports/list.tsx'
import { bulkExportNew } from './bulk-exports/new.tsx'
import { bulkExportRefusal } from './bulk-exports/refusal.ts'
import { deadLetters } from './dead-letters.tsx'
import { discard as deadLetterDiscard } from './discard.ts'
import { home as operatorHome } from './home.tsx'
import { keyResealing } from './key-resealing.ts'
import { keyRotation } from './key-rotation.ts'
import { keyWrapping } from './key-wrapping.ts'
import { keys } from './keys.tsx'
import { organisationContract } from './organisations/contract.tsx'
import { organisationDetails } from './organisations/details.tsx'
import { organisationInvitation } from './organisations/invitation.tsx'
import { organisationList } from './organisations/list.tsx'
import { organisationLocking } from './organisations/locking.tsx'
import { organisationNew } from './organisations/new.tsx'
import { organisationPage } from './organisations/organisation.tsx'
import { organisationProducts } from './organisations/products.tsx'
import { organisationReopening } from './organisations/reopening.tsx'
import { retry as deadLetterRetry } from './retry.ts'
import { supportLeft } from './support/end.ts'
import { supportEntry } from './support/entry.tsx'
import { supportScreening } from './support/screening.tsx'

/** Every URL of the operator’s area that is not in every area. */
export const operatorRoutes: readonly Route[] = [
  operatorHome,
  organisationList,
  organisationNew,
  organisationPage,
  organisationDetails,
  organisationProducts,
  organisationContract,
  organisationLocking,
  organisationReopening,
  organisationInvitation,
  accounts,
  accountsExport,
  deadLetters,
  deadLetterRetry,
  deadLetterDiscard,
  keys,
  keyWrapping,
  keyRotation,
  agentKeyRotation,
  keyResealing,
  supportScreening,
  supportEntry,
  supportLeft,
  bulkExportNew,
  bulkExportList,
  bulkExport,
  bulkExportApproval,
  bulkExportRefusal,
  bulkExportFile,
]
