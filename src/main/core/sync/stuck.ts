import type { StuckBecause } from '../../../contract/views-roads.ts';
import type { Delivery } from './delivery-store.ts';
import type { LineState } from './sync-loop.ts';

/** An item that waits so long although there is a line says why. */
const STUCK_AFTER_MS = 10 * 60_000;

const BUSY = new Set(['BUSY', 'TOO_MANY_REQUESTS', 'HTTP_503', 'HTTP_429']);
const REFUSED = new Set(['BAD_REQUEST', 'BAD_SIGNATURE', 'BAD_TOKEN', 'DEVICE_UNKNOWN', 'DEVICE_REVOKED', 'TOO_LARGE']);
const OWN_WORDS = new Set<string>(['GAP', 'PENDING', 'KEY_MISSING', 'PROTOCOL_UNSUPPORTED']);

/** The reason that stands on a row, or that the last round ended with, as one of the few that a person can act on. */
function becauseOf(reason: string): StuckBecause {
  if (OWN_WORDS.has(reason)) return reason as StuckBecause; // each of them is one
  if (BUSY.has(reason)) return 'SERVER_BUSY';
  if (reason.startsWith('CUSTODY_')) return 'CUSTODY_INVALID';
  return REFUSED.has(reason) ? 'REFUSED' : 'ANSWER_INVALID';
}

/** Why an item still waits; null for one that is settled, or that has not waited ten minutes with a line. */
export function stuckOf(
  item: Pick<Delivery, 'state' | 'recordedAt' | 'lastReason' | 'tries'>,
  line: Pick<LineState, 'online' | 'since' | 'lastError'>,
  nowMs: number,
): { readonly sinceMs: number; readonly because: StuckBecause } | null {
  if (item.state === 'acknowledged' || item.state === 'quarantined') return null;
  if (!line.online || line.since === null) return null;
  const sinceMs = nowMs - Math.max(item.recordedAt, line.since);
  if (sinceMs < STUCK_AFTER_MS) return null;
  // What was never tried waits behind others, whatever keeps those here.
  const reason = item.lastReason ?? line.lastError;
  return { sinceMs, because: reason === null ? 'BEHIND_OTHERS' : becauseOf(reason) };
}
