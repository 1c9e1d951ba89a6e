import type { Refusal } from '../../../contract/errors.ts';
import { localDateAt } from '../../../domain/local-date.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { Journal } from '../journal/journal.ts';
import type { ClockPort, EventsPort } from '../ports.ts';
import { findOfficer, type Officer, setFailures, worksHere } from './auth-store.ts';
import { lockedUntil, pinFits, pinOfNobody } from './pin.ts';

/** Why a PIN was not taken. */
export type ProofRefusal = Refusal<'OFFICER_UNKNOWN' | 'PIN_WRONG' | 'OFFICER_LOCKED_OUT' | 'OFFICER_SUSPENDED'>;
/** Why nobody comes in with a PIN that is right: it is a start code. */
export type StartRefusal = Refusal<'PIN_TO_CHOOSE' | 'START_CODE_EXPIRED'>;

export type PinProver = {
  /** Whose PIN or start code it is. A wrong one is counted and recorded before anyone is told. */
  readonly prove: (officerId: string, pin: string) => Promise<Result<Officer, ProofRefusal | StorageRefusal>>;
  /** Whether somebody has a PIN of his own; with a start code nothing is done but choosing one, and not for ever. */
  readonly started: (officer: Officer) => Result<Officer, StartRefusal>;
};

export type ProverDeps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly cipher: ColumnCipher;
  readonly clock: ClockPort;
  readonly events: EventsPort;
  readonly newId: () => string;
};

export function createPinProver({ db, journal, cipher, clock, events, newId }: ProverDeps): PinProver {
  const refuse = async (officer: Officer): Promise<Result<never, ProofRefusal | StorageRefusal>> => {
    const failures = officer.failures + 1;
    const until = lockedUntil(failures, clock.wallMs());
    const written = await journal.record(async (tx, append) => {
      append({
        type: 'officer.sign-in-refused',
        stream: newId(),
        officerId: officer.officerId,
        cashSessionId: null,
        body: { failures, lockedUntil: until },
      });
      await setFailures(tx, officer.officerId, { failures, lockedUntil: until });
      return ok(undefined);
    });
    events.publish('sign-in');
    if (!written.ok) return written;
    if (until !== null) return err({ code: 'OFFICER_LOCKED_OUT', details: { until } });
    return err({ code: 'PIN_WRONG', path: ['pin'], details: { failures } });
  };

  return {
    prove: async (officerId, pin) => {
      const officer = await db.read((tx) => findOfficer(tx, officerId));
      if (officer === undefined) {
        await pinOfNobody(pin);
        return err({ code: 'OFFICER_UNKNOWN', path: ['officerId'] });
      }
      if (!worksHere(officer, localDateAt(clock.wallMs()))) {
        const { mandate } = officer;
        // Of an auditor whose days are over, or not yet there, the letter says which they are.
        return err({ code: 'OFFICER_SUSPENDED', ...(mandate === null ? {} : { details: { ...mandate } }) });
      }
      if (officer.lockedUntil !== null && officer.lockedUntil > clock.wallMs()) {
        return err({ code: 'OFFICER_LOCKED_OUT', details: { until: officer.lockedUntil } });
      }
      return (await pinFits(cipher, officer.pinSealed, pin)) ? ok(officer) : await refuse(officer);
    },
    started: (officer) => {
      if (officer.startsUntil === null) return ok(officer);
      const details = { until: officer.startsUntil };
      return err({ code: officer.startsUntil > clock.wallMs() ? 'PIN_TO_CHOOSE' : 'START_CODE_EXPIRED', details });
    },
  };
}
