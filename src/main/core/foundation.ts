import type { CounterConfig } from './config.ts';
import type { Db } from './db/open.ts';
import type { ColumnCipher } from './device/column-cipher.ts';
import type { DeviceSecrets } from './device/device-secrets.ts';
import type { EnrolledDevice } from './device/enrolled-device-store.ts';
import type { Timekeeper } from './device/timekeeper.ts';
import type { Journal } from './journal/journal.ts';
import type { Marks } from './journal/mark.ts';
import type { SubjectKeys } from './journal/subject-keys.ts';
import type {
  ClockPort,
  EventsPort,
  LinePort,
  LineProbe,
  LogPort,
  RandomPort,
  ShellPort,
  StartPageWorker,
} from './ports.ts';
import type { PrinterView } from '../../contract/views-counter.ts';
import type { Printer } from './printing/printer-port.ts';

/** What every feature stands on: the edges of the machine, the open database, and who this device is. */
export type Foundation = Edges & {
  readonly config: CounterConfig;
  readonly db: Db;
  readonly journal: Journal;
  readonly marks: Marks;
  readonly cipher: ColumnCipher;
  readonly subjectKeys: SubjectKeys;
  readonly secrets: DeviceSecrets;
  readonly device: EnrolledDevice;
  readonly timekeeper: Timekeeper;
};

/** The edges of the core: the machine's own, or a test's. */
export type Edges = {
  readonly clock: ClockPort;
  readonly random: RandomPort;
  readonly log: LogPort;
  readonly line: LinePort;
  /** Looks at the way to an address without sending anything. */
  readonly probeLine: (url: string) => Promise<LineProbe>;
  /** Believes one more authority than this system does, for every exchange from now on. */
  readonly trustAuthority: (pem: string) => void;
  readonly events: EventsPort;
  readonly shell: ShellPort;
  readonly connectPrinter: (printer: PrinterView) => Printer;
  readonly startPageWorker: StartPageWorker;
  /** Waits for ms, or until the signal is aborted; never fails. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A UUIDv7, born here and final. */
  readonly newId: () => string;
};
