import type { Refusal } from '../../../contract/errors.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import type { Policy } from '../../../domain/policy.ts';
import type { Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, ReadTx, StorageRefusal } from '../db/open.ts';
import type { Journal } from '../journal/journal.ts';
import type { RandomPort } from '../ports.ts';

/** A supervisor with the key that he and this counter share. */
export type SupervisorKey = { readonly officerId: string; readonly name: string; readonly key: Uint8Array };

/** Who asks; at the door nobody is signed in, and who asks is the officer whom it is about. */
export type Asker = Pick<SignIn, 'officerId' | 'stream'> & { readonly atDoor?: true };

/** Every way in which an approval is refused. */
export type ApprovalRefusal = Refusal<
  | 'APPROVER_REFUSED'
  | 'APPROVAL_CODE_WRONG'
  | 'APPROVAL_TRIES_SPENT'
  | 'APPROVAL_EXPIRED'
  | 'APPROVAL_USED'
  | 'APPROVAL_OTHER'
  | 'APPROVAL_UNKNOWN'
  | 'APPROVAL_NOT_REMOTE'
>;

/** What the desk stands on. */
export type ApprovalDeskDeps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly deviceId: string;
  readonly random: RandomPort;
  readonly newId: () => string;
  readonly now: () => number;
  readonly today: () => LocalDate;
  readonly policy: (tx: ReadTx) => Promise<Policy>;
  /** Active supervisors who share a key with this counter. */
  readonly keys: (tx: ReadTx) => Promise<readonly SupervisorKey[]>;
  /** A supervisor's PIN, counted like one at the door. */
  readonly checkPin: (
    asker: Pick<SignIn, 'officerId'>,
    approver: { readonly officerId: string; readonly pin: string },
  ) => Promise<Result<string, Refusal<'APPROVER_REFUSED'> | StorageRefusal>>;
};
