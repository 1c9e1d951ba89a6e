import type { Role } from '../../../contract/primitives.ts';

/** The person at the counter now; kept in memory only, so a restart asks for the PIN. */
export type SignIn = {
  readonly officerId: string;
  readonly name: string;
  readonly role: Role;
  /** Stream of the entries of this sign-in. */
  readonly stream: string;
  readonly signedInAt: number;
};
