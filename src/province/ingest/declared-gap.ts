import { type EntryEnvelope, WIDEST_GAP } from '../../contract/journal-entry.ts';
import type { Epoch } from '../../contract/primitives.ts';
import type { Incident } from './incidents.ts';
import type { ReadBody } from './typed-body.ts';

/** Places of an epoch that its device says it lost; `declaredIn` is the number of the epoch that says so. */
export type DeclaredGap = {
  readonly epoch: Epoch;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly declaredIn: number;
};

/** Why a declaration is not believed; the entry that makes it stands in the chain all the same. */
export type GapProblem = 'BACKWARDS' | 'TOO_WIDE' | 'NOT_ITS_PAST' | 'OTHER_DEVICE';

/** The gap that an entry declares; undefined for every other entry. */
export function gapOf(envelope: EntryEnvelope, read: ReadBody): DeclaredGap | undefined {
  if (read.type !== 'epoch.opened' || read.body.declaredGap === null) return undefined;
  return { ...read.body.declaredGap, declaredIn: envelope.epoch.n };
}

/** Whether an epoch was opened for this reason by a device that came back from an older state; it is believed. */
export function saysItCameBack(reason: string): boolean {
  return reason === 'rotate' || reason === 'mark-mismatch';
}

/** One rollback however it is told: the newest place that the device still had. */
export const rollbackEvidence = (epoch: Epoch, fromSeq: number): string => `${epoch.n}/${epoch.nonce}/${fromSeq - 1}`;

/** What the opening of an epoch says of its device, where it does not become an epoch here; undefined when it says nothing. */
export function declaredRollback(envelope: EntryEnvelope, read: ReadBody): Incident | undefined {
  const gap = gapOf(envelope, read);
  if (read.type !== 'epoch.opened' || gap === undefined || !saysItCameBack(read.body.reason)) return undefined;
  const { n, nonce } = envelope.epoch;
  const facts = { n, nonce, reason: read.body.reason, fromSeq: gap.fromSeq };
  return { kind: 'DEVICE_ROLLBACK', evidence: rollbackEvidence(gap.epoch, gap.fromSeq), facts };
}

/** A device may declare what it lost in its own past, and only as much as it can have had. `isOfAnother`: the epoch is another device's. */
export function gapProblem(envelope: EntryEnvelope, gap: DeclaredGap, isOfAnother: boolean): GapProblem | null {
  if (gap.toSeq < gap.fromSeq) return 'BACKWARDS';
  if (gap.toSeq - gap.fromSeq >= WIDEST_GAP) return 'TOO_WIDE';
  if (gap.epoch.n >= envelope.epoch.n || gap.fromSeq > envelope.seq) return 'NOT_ITS_PAST';
  return isOfAnother ? 'OTHER_DEVICE' : null;
}

/** Whether a place lies in a declared gap; the first entry of a new epoch may stand on a gap of any epoch before its own. */
export function liesInGap(gaps: readonly DeclaredGap[], epoch: Epoch, seq: number, opensEpoch: boolean): boolean {
  return gaps.some((gap) => {
    if (seq < gap.fromSeq || seq > gap.toSeq) return false;
    const isSame = gap.epoch.n === epoch.n && gap.epoch.nonce === epoch.nonce;
    return isSame || (opensEpoch && gap.epoch.n < epoch.n && gap.declaredIn <= epoch.n);
  });
}
