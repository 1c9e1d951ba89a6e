import { type ApprovalDesk, createApprovalDesk } from './approvals/approval-desk.ts';
import type { AuthService } from './auth/auth-service.ts';
import { readApprovalKeys } from './auth/auth-store.ts';
import type { Foundation } from './foundation.ts';
import { readPolicy } from './rules/rules-in-force.ts';

/** Wires the desk of approvals. */
export function wireApprovals(foundation: Foundation, auth: AuthService): { readonly approvals: ApprovalDesk } {
  const { db, journal, device, random, newId, timekeeper, cipher } = foundation;
  return {
    approvals: createApprovalDesk({
      db,
      journal,
      deviceId: device.deviceId,
      random,
      newId,
      now: timekeeper.now,
      today: timekeeper.today,
      policy: readPolicy,
      keys: (tx) => readApprovalKeys(tx, cipher),
      checkPin: auth.approve,
    }),
  };
}
