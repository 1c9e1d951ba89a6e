import type { Installation } from '../installed/installation.ts';

/** What a counter is started with; everything else comes from the province's policy or the database. */
export type CounterConfig = {
  /** Folder of the database, the keys and the first mark. */
  readonly dataDir: string;
  /** Second place of the mark, outside the data folder; another disk where there is one. */
  readonly secondMarkDir: string;
  /** Where the second copy goes until somebody chooses a place; nowhere unless given. */
  readonly firstMirrorDir?: string | null;
  readonly mode: 'normal' | 'training' | 'demo';
  readonly appVersion: string;
  /** Where this program was installed; absent in a checkout and in Electron, whose packer installs it. */
  readonly installation?: Installation | undefined;
  /** Passphrase for key stores of that kind; null when none was given. */
  readonly passphrase: string | null;
  /** How the device secrets are kept; decided at enrolment. */
  readonly keyStoreKind: 'operating-system' | 'machine' | 'passphrase' | 'demo';
  /** Folder of the shipped tariffs and services; only a training, which no province gives any, reads them. */
  readonly resourceDir?: string;
  /** `false` in tests and for single commands: no loop runs by itself. */
  readonly syncLoop: boolean;
};

/** Name of the database file inside the data folder. */
export const DATABASE_FILE = 'counter.sqlite';
