import type { Db } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { EnrolledDevice } from '../device/enrolled-device-store.ts';
import type { Timekeeper } from '../device/timekeeper.ts';
import type { Journal } from '../journal/journal.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import type { EventsPort } from '../ports.ts';

/** What the services of cases need. */
export type CaseDeps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly cipher: ColumnCipher;
  readonly subjectKeys: SubjectKeys;
  readonly device: EnrolledDevice;
  readonly timekeeper: Timekeeper;
  readonly events: EventsPort;
  readonly newId: () => string;
};
