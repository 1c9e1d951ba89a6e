/** Roles of the people at a counter and above it. */
export const ROLES = ['officer', 'supervisor', 'installer', 'auditor'] as const;

/** Petugas, pengawas, pemasang or pemeriksa. */
export type Role = (typeof ROLES)[number];

/** What a role may be allowed to do; reading one's own screens is not listed. */
export const ACTIONS = [
  'open-cash-session',
  'assess',
  'take-payment',
  'receive-documents',
  'count-cash',
  'close-cash-session',
  'inspect-cash',
  'record-deposit',
  'reprint',
  'request-void',
  'approve-void',
  'request-refund',
  'approve-refund',
  'raise-cap',
  'send-now',
  'export-bundle',
  'import-bundle',
  'reveal-person',
  'see-region',
  'sign-daily-batch',
  'resolve-case',
  'enrol-device',
  'test-device',
  'backup',
  'update-program',
  'reset-device',
  'look-with-mandate',
  'export-evidence',
  'lock-screen',
  'sign-out',
] as const;

/** One thing that needs a permission. */
export type Action = (typeof ACTIONS)[number];

/** Whoever works here; an auditor only looks. */
const STAFF: readonly Role[] = ['officer', 'supervisor', 'installer'];
const EVERYONE: readonly Role[] = ROLES;

/** Who may do what. Taking cash and approving its return are never of one role: it takes two people. */
const MAY: Readonly<Record<Action, readonly Role[]>> = {
  'open-cash-session': ['officer'],
  assess: ['officer', 'supervisor'],
  'take-payment': ['officer'],
  'receive-documents': ['officer'],
  'count-cash': ['officer'],
  'close-cash-session': ['officer'],
  'inspect-cash': ['supervisor'],
  'record-deposit': ['officer'],
  reprint: ['officer', 'supervisor'],
  'request-void': ['officer'],
  'approve-void': ['supervisor'],
  'request-refund': ['officer'],
  'approve-refund': ['supervisor'],
  'raise-cap': ['supervisor'],
  'send-now': STAFF,
  'export-bundle': STAFF,
  'import-bundle': ['officer', 'supervisor'],
  'reveal-person': ['officer', 'supervisor'],
  'see-region': ['supervisor'],
  'sign-daily-batch': ['supervisor'],
  'resolve-case': ['officer', 'supervisor'],
  'enrol-device': ['installer'],
  'test-device': STAFF,
  backup: ['supervisor', 'installer'],
  'update-program': ['installer'],
  'reset-device': ['installer'],
  'look-with-mandate': ['auditor'],
  'export-evidence': ['auditor'],
  'lock-screen': EVERYONE,
  'sign-out': EVERYONE,
};

/** Whether a role may do an action at all; approvals also need `mayApprove`. */
export function mayDo(role: Role, action: Action): boolean {
  return MAY[action].includes(role);
}

/** A person in a role. */
export interface Actor {
  readonly personId: string;
  readonly role: Role;
}

/** Whether `approver` may approve what `requester` asked: the right role, and never the same person. */
export function mayApprove(
  approver: Actor,
  requester: Actor,
  action: Extract<Action, 'approve-void' | 'approve-refund' | 'raise-cap'>,
): boolean {
  return approver.personId !== requester.personId && mayDo(approver.role, action);
}
