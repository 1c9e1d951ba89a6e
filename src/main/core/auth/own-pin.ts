import type { Refusal } from '../../../contract/errors.ts';
import { pinProblem } from '../../../domain/pin.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { validSealingKeys } from '../bundle/sealing-keys.ts';
import type { StorageRefusal } from '../db/open.ts';
import { sealTo } from '../journal/subject-keys.ts';
import { readProvinceKeys } from '../rules/rules-store.ts';
import { findOfficer, type Officer, putOwnPin } from './auth-store.ts';
import { newVerifier, openVerifier, sealVerifier, verifierHash } from './pin.ts';
import type { PinProver, ProofRefusal, ProverDeps } from './prove-pin.ts';

export type OwnPinRefusal = ProofRefusal | Refusal<'PIN_TOO_SIMPLE' | 'PIN_NOT_CHANGED_HERE' | 'START_CODE_EXPIRED'>;

/** What an officer typed: his PIN, or the start code that he was given, and the PIN that he wants. */
export type OwnPin = { readonly officerId: string; readonly pin: string; readonly newPin: string };

/**
 * Whose PIN is not changed at this counter: a substitute's and an auditor's end with their day, and a supervisor's counts at
 * every counter of his region, so that only his own device is believed.
 */
function elsewhere({ role, substituteOn, isOwnDevice }: Officer): 'SUBSTITUTE' | 'AUDITOR' | 'SUPERVISOR' | null {
  if (role === 'auditor') return 'AUDITOR';
  if (role === 'supervisor' && !isOwnDevice) return 'SUPERVISOR';
  return substituteOn === null ? null : 'SUBSTITUTE';
}

/** Changes a PIN with the old one, also without a line: one entry, in which the new verifier is sealed to the province. */
export function createOwnPin(
  { db, journal, cipher, clock, events, newId }: ProverDeps,
  { prove, started }: PinProver,
): (typed: OwnPin) => Promise<Result<Officer, OwnPinRefusal | StorageRefusal>> {
  const sealed = async (argon2id: string): Promise<string | null> => {
    const [key] = validSealingKeys(await db.read(readProvinceKeys), clock.wallMs());
    return key === undefined ? null : await sealTo(key, Buffer.from(JSON.stringify({ argon2id })));
  };

  return async ({ officerId, pin, newPin }) => {
    const proved = await prove(officerId, pin);
    if (!proved.ok) return proved;
    const officer = proved.value;
    const start = started(officer);
    if (!start.ok && start.error.code === 'START_CODE_EXPIRED') return err({ code: 'START_CODE_EXPIRED' });
    const reason = elsewhere(officer);
    if (reason !== null) return err({ code: 'PIN_NOT_CHANGED_HERE', details: { reason } });
    const problem = pinProblem(newPin, { officerId, isSupervisor: officer.role === 'supervisor', before: pin });
    if (problem !== null) return err({ code: 'PIN_TOO_SIMPLE', path: ['newPin'], details: { reason: problem } });

    const argon2id = await newVerifier(newPin);
    const verifier = await sealed(argon2id);
    const replaces = officer.pinBase ?? verifierHash(openVerifier(cipher, officer.pinSealed));
    const written = await journal.record(async (tx, append) => {
      const now = await findOfficer(tx, officerId);
      // A page of the province came in between: what he typed is the PIN of yesterday.
      if (now?.pinSealed !== officer.pinSealed) {
        return err({ code: 'PIN_WRONG' as const, path: ['pin'], details: { failures: officer.failures } });
      }
      append({
        type: 'officer.pin-changed',
        stream: newId(),
        officerId,
        cashSessionId: null,
        body: { from: start.ok ? 'pin' : 'start-code', replaces, verifier },
      });
      const pinSealed = sealVerifier(cipher, argon2id);
      await putOwnPin(tx, officerId, { pinSealed, base: verifierHash(argon2id), replaces });
      return ok(undefined);
    });
    events.publish('sign-in');
    return written.ok ? ok(officer) : written;
  };
}
