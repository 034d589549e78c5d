import { operatorRoutes } from './operator/routes.ts'
import { accountRoutes } from './account/routes.ts'
import { everyRoutes } from './every/routes.ts'
import { publicRoutes } from './public/routes.ts'
import { home as authorityHome } from './authority/home.tsx'
import { inbound } from './hooks/inbound.ts'
import { receipts } from './hooks/receipts.ts'
import { misAcknowledgement } from './mis/acknowledgement.ts'
import { misEnrolments } from './mis/enrolments.ts'
import { misHello } from './mis/hello.ts'
import { misImport } from './mis/import.ts'
import { misImports } from './mis/imports.ts'
import { misKeys } from './mis/keys.ts'
import { misWriteBacks } from './mis/write-backs.ts'
import type { Route } from './route.ts'
import { schoolRoutes } from './school/routes.ts'

/** The lists of each audience, and what programs ask for. */
const doors: readonly (Route | readonly (Route | readonly Route[])[])[] = [
  publicRoutes,
  accountRoutes,
  everyRoutes,
  schoolRoutes,
  operatorRoutes,
  authorityHome,
  misHello,
  misEnrolments,
  misImports,
  misImport,
  misKeys,
  misWriteBacks,
  misAcknowledgement,
  receipts,
  inbound,
]

/** Every URL of the service. The doors test drives each of them as every kind of person. */
export const routes: readonly Route[] = doors.flat(2)
