import type { Refusal } from '../../../contract/errors.ts';
import type { ApprovalAsked, DoorAction } from '../../../domain/approval.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { assertNever, err, ok, type Result } from '../../../domain/result.ts';
import { findOfficer, type Officer, putSubstitute, setFailures, setPin } from '../auth/auth-store.ts';
import { sealNewPin } from '../auth/pin.ts';
import type { ReadTx, StorageRefusal, WriteTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { Append, Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { contentHashOf } from './approval-codes.ts';
import type { ApprovalGrant, ApprovalUsed } from './approval-grant.ts';
import type { Asker } from './desk-parts.ts';

/** Something at the door, where nobody is signed in; a PIN is chosen at once and is no part of what is approved. */
export type DoorAct =
  | { readonly action: 'unlock-pin'; readonly officerId: string }
  | { readonly action: 'reset-pin'; readonly officerId: string; readonly pin: string }
  | { readonly action: 'substitute'; readonly officerId: string; readonly name: string; readonly pin: string };

/** The act as a request names it, before a PIN is chosen. */
export type DoorSubject = { readonly action: DoorAction; readonly officerId: string; readonly name: string };

type DoorRefusal = Refusal<'OFFICER_UNKNOWN' | 'OFFICER_KNOWN_HERE' | 'APPROVAL_OTHER' | 'APPROVAL_USED'>;

export type DoorActs = {
  /** Who asks at the door: the officer whom it is about, in a stream of its own. */
  readonly asker: (officerId: string) => Asker;
  readonly asked: (subject: DoorSubject) => ApprovalAsked;
  /** Lifts a lock-out, sets a new PIN, or admits an officer of another outlet until the end of the day. */
  readonly carryOut: (
    stream: string,
    act: DoorAct,
    grant: ApprovalGrant,
  ) => Promise<Result<Record<string, never>, DoorRefusal | StorageRefusal>>;
};

type Deps = {
  readonly journal: Journal;
  readonly cipher: ColumnCipher;
  readonly events: EventsPort;
  readonly newId: () => string;
  readonly today: () => LocalDate;
};

/** Whose door this may be: a supervisor's lock-out and PIN are the province's affair. */
async function refusalOf(
  tx: ReadTx,
  { action, officerId }: DoorAct,
  today: LocalDate,
): Promise<Refusal<'OFFICER_UNKNOWN' | 'OFFICER_KNOWN_HERE'> | null> {
  const officer: Officer | undefined = await findOfficer(tx, officerId);
  if (action === 'substitute') {
    const isOwn = officer !== undefined && (officer.substituteOn === null || officer.substituteOn === today);
    return isOwn ? { code: 'OFFICER_KNOWN_HERE', path: ['officerId'] } : null;
  }
  return officer?.active === true && officer.role !== 'supervisor'
    ? null
    : { code: 'OFFICER_UNKNOWN', path: ['officerId'] };
}

export function createDoorActs({ journal, cipher, events, newId, today }: Deps): DoorActs {
  const asked: DoorActs['asked'] = ({ action, officerId, name }) => ({
    action,
    subject: officerId,
    amount: 0,
    // The day is part of the act, and the name of somebody whom this counter does not know.
    contentHash: contentHashOf({ on: today(), name: action === 'substitute' ? name : '' }),
  });

  const write = async (
    tx: WriteTx,
    append: Append,
    act: DoorAct,
    of: { readonly stream: string; readonly pinSealed: string; readonly used: ApprovalUsed },
  ): Promise<void> => {
    const { officerId } = act;
    const { approvalId } = of.used;
    const place = { stream: of.stream, officerId: null, cashSessionId: null };
    switch (act.action) {
      case 'unlock-pin':
        append({ type: 'officer.unlocked', ...place, body: { officerId, approvalId } });
        return await setFailures(tx, officerId, { failures: 0, lockedUntil: null });
      case 'reset-pin':
        append({ type: 'officer.pin-reset', ...place, body: { officerId, approvalId } });
        return await setPin(tx, officerId, of.pinSealed);
      case 'substitute':
        append({ type: 'officer.substituted', ...place, body: { officerId, on: today(), approvalId } });
        return await putSubstitute(tx, { officerId, name: act.name, pinSealed: of.pinSealed, on: today() });
      default:
        return assertNever(act);
    }
  };

  return {
    asker: (officerId) => ({ officerId, stream: newId(), atDoor: true }),
    asked,
    carryOut: async (stream, act, grant) => {
      const pinSealed = act.action === 'unlock-pin' ? '' : await sealNewPin(cipher, act.pin);
      const done = await journal.record(async (tx, append) => {
        const refusal = await refusalOf(tx, act, today());
        if (refusal !== null) return err(refusal);
        const { action, officerId } = act;
        const subject = { action, officerId, name: act.action === 'substitute' ? act.name : '' };
        const used = await grant.use(tx, append, { ...asked(subject), stream, officerId: null, cashSessionId: null });
        if (!used.ok) return used;
        await write(tx, append, act, { stream, pinSealed, used: used.value });
        return ok({});
      });
      if (done.ok) events.publish('sign-in');
      return done;
    },
  };
}
