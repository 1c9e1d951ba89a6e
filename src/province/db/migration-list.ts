import type { Migration } from './migrate.ts';
import { custody } from './migrations/0001-custody.ts';
import { booking } from './migrations/0002-booking.ts';
import { chain } from './migrations/0003-chain.ts';
import { roads } from './migrations/0004-roads.ts';
import { documents } from './migrations/0005-documents.ts';
import { applications } from './migrations/0006-applications.ts';
import { damagedPlaces } from './migrations/0007-damaged-places.ts';
import { forms } from './migrations/0008-forms.ts';
import { approvals } from './migrations/0009-approvals.ts';
import { drawer } from './migrations/0010-drawer.ts';
import { payments } from './migrations/0011-payments.ts';
import { cases } from './migrations/0012-cases.ts';
import { emergency } from './migrations/0013-emergency.ts';
import { statements } from './migrations/0014-statements.ts';
import { supervisorPage } from './migrations/0015-supervisor-page.ts';
import { region } from './migrations/0016-region.ts';
import { returnedPayments } from './migrations/0017-returned-payments.ts';
import { mandates } from './migrations/0018-mandates.ts';
import { carried } from './migrations/0019-carried.ts';
import { people } from './migrations/0020-people.ts';
import { papers } from './migrations/0021-papers.ts';
import { decided } from './migrations/0022-decided.ts';
import { standings } from './migrations/0023-standings.ts';
import { secondWords } from './migrations/0024-second-words.ts';
import { bodyKeys } from './migrations/0025-body-keys.ts';
import { announcedVoids } from './migrations/0026-announced-voids.ts';

/** Every step in order; a released one is never changed or removed. */
export const MIGRATIONS: readonly Migration[] = [
  custody,
  booking,
  chain,
  roads,
  documents,
  applications,
  damagedPlaces,
  forms,
  approvals,
  drawer,
  payments,
  cases,
  emergency,
  statements,
  supervisorPage,
  region,
  returnedPayments,
  mandates,
  carried,
  people,
  papers,
  decided,
  standings,
  secondWords,
  bodyKeys,
  announcedVoids,
];
