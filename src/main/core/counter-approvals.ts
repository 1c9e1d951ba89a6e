import { type ApprovalDesk, createApprovalDesk } from './approvals/approval-desk.ts';
import { type CapRaises, createCapRaises } from './approvals/cap-raises.ts';
import { createDoorActs, type DoorActs } from './approvals/door-acts.ts';
import { createRemoteDesk, type RemoteDesk } from './approvals/remote-desk.ts';
import type { AuthService } from './auth/auth-service.ts';
import { readApprovalKeys } from './auth/auth-store.ts';
import type { Foundation } from './foundation.ts';
import { readPolicy } from './rules/rules-in-force.ts';

/** Second persons: at the counter, at the door, and on a supervisor's own device. */
export type ApprovalFeatures = {
  readonly approvals: ApprovalDesk;
  readonly doorActs: DoorActs;
  readonly capRaises: CapRaises;
  readonly remoteDesk: RemoteDesk;
};

/** Wires the desks of approvals. */
export function wireApprovals(foundation: Foundation, auth: AuthService): ApprovalFeatures {
  const { db, journal, device, random, newId, timekeeper, cipher, events } = foundation;
  const { now, today } = timekeeper;
  return {
    approvals: createApprovalDesk({
      db,
      journal,
      deviceId: device.deviceId,
      random,
      newId,
      now,
      today,
      policy: readPolicy,
      keys: (tx) => readApprovalKeys(tx, cipher),
      checkPin: auth.approve,
    }),
    doorActs: createDoorActs({ journal, cipher, events, newId, today }),
    capRaises: createCapRaises({ journal, events, today }),
    remoteDesk: createRemoteDesk({ db, journal, cipher, now, today }),
  };
}
