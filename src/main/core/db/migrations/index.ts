import type { Migration } from '../migrate.ts';
import { migration as journal } from './0001-journal.ts';
import { migration as counter } from './0002-counter.ts';
import { migration as roads } from './0003-roads.ts';
import { migration as cashDay } from './0004-cash-day.ts';
import { migration as feedHistories } from './0005-feed-histories.ts';
import { migration as documents } from './0006-documents.ts';
import { migration as applications } from './0007-applications.ts';
import { migration as originals } from './0008-originals.ts';
import { migration as moneyDay } from './0009-money-day.ts';
import { migration as approvals } from './0010-approvals.ts';
import { migration as drawer } from './0011-drawer.ts';
import { migration as payments } from './0012-payments.ts';
import { migration as cases } from './0013-cases.ts';
import { migration as reports } from './0014-reports.ts';
import { migration as emergency } from './0015-emergency.ts';
import { migration as inspection } from './0016-inspection.ts';
import { migration as returnedPayments } from './0017-returned-payments.ts';
import { migration as region } from './0018-region.ts';
import { migration as people } from './0019-people.ts';
import { migration as sealedKeys } from './0020-sealed-keys.ts';
import { migration as secondWords } from './0021-second-words.ts';

/** Every migration of the counter's database, in order; a released one is never changed. */
export const counterMigrations: readonly Migration[] = [
  journal,
  counter,
  roads,
  cashDay,
  feedHistories,
  documents,
  applications,
  originals,
  moneyDay,
  approvals,
  drawer,
  payments,
  cases,
  reports,
  emergency,
  inspection,
  returnedPayments,
  region,
  people,
  sealedKeys,
  secondWords,
];
