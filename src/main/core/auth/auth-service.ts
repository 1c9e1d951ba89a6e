import type { Refusal } from '../../../contract/errors.ts';
import type { OfficerCard, SignInView } from '../../../contract/views-counter.ts';
import { localDateAt } from '../../../domain/local-date.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { StorageRefusal } from '../db/open.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { findOfficer, type Officer, readOfficers, setFailures, worksHere } from './auth-store.ts';
import { createOwnPin, type OwnPin, type OwnPinRefusal } from './own-pin.ts';
import { createPinProver, type ProofRefusal, type ProverDeps, type StartRefusal } from './prove-pin.ts';
import type { SignIn } from './sign-in.ts';

type UnlockRefusal = ProofRefusal | StartRefusal;
/** Whoever signed by PIN. */
type Signer = Pick<SignIn, 'officerId' | 'name' | 'role'>;
type SignInRefusal = UnlockRefusal | Refusal<'SIGNED_IN_AS_OTHER'>;

export type AuthService = {
  readonly officers: () => Promise<readonly OfficerCard[]>;
  readonly begin: (officerId: string, pin: string) => Promise<Result<SignInView, SignInRefusal | StorageRefusal>>;
  readonly unlock: (pin: string) => Promise<Result<SignInView, UnlockRefusal | StorageRefusal>>;
  /**
   * A supervisor beside the officer approves one thing by his PIN, which is counted like one at the door; answers who he
   * is. Nobody approves what he asked for himself, and no other role approves.
   */
  readonly approve: (
    asker: Pick<SignIn, 'officerId'>,
    approver: { readonly officerId: string; readonly pin: string },
  ) => Promise<Result<string, Refusal<'APPROVER_REFUSED'> | StorageRefusal>>;
  /** A second pair of eyes: any officer or supervisor of this outlet by his own PIN, counted like one at the door. */
  readonly witness: (person: {
    readonly officerId: string;
    readonly pin: string;
  }) => Promise<Result<Pick<SignIn, 'officerId' | 'role'>, Refusal<'APPROVER_REFUSED'> | StorageRefusal>>;
  /** Whether this PIN is that officer's own, for a signature beside whoever is signed in; counted like one at the door. */
  readonly sign: (officerId: string, pin: string) => Promise<Result<Signer, UnlockRefusal | StorageRefusal>>;
  /** The one at the counter goes and the other stands there: his PIN was right for the hand-over a moment ago. */
  readonly passTo: (officer: Signer) => Promise<Result<SignInView, StorageRefusal>>;
  /** An officer's new PIN in the place of his old one or of his start code; wrong tries are counted like those at the door. */
  readonly changePin: (typed: OwnPin) => Promise<Result<void, OwnPinRefusal | StorageRefusal>>;
  /** Locking touches nothing and is always allowed. */
  readonly lock: () => void;
  readonly end: (reason: 'asked' | 'idle' | 'shutdown') => Promise<Result<void, StorageRefusal>>;
  readonly touch: () => void;
  /** Who may act now; a screen left alone for the policy's idle time counts as locked. */
  readonly current: () => { readonly signIn: SignIn; readonly locked: boolean } | null;
  readonly view: () => SignInView | null;
  /** After news of officers: whoever was suspended, or whose PIN was set back, finds the screen locked. */
  readonly recheck: () => Promise<void>;
};

const isStorageRefusal = (error: UnlockRefusal | StorageRefusal): error is StorageRefusal =>
  error.code === 'DISK_FULL' || error.code === 'STORAGE_FAILED';

/** State of the door: who stands at it, when a key was last pressed, whether it was locked by hand. */
type Door = { signIn: SignIn | null; touchedAt: number; locked: boolean; idleMinutes: number };

export function createAuthService(deps: ProverDeps): AuthService {
  const { db, journal, clock, events } = deps;
  const door: Door = { signIn: null, touchedAt: 0, locked: false, idleMinutes: 5 };

  const isLocked = (): boolean => door.locked || clock.monoMs() - door.touchedAt > door.idleMinutes * 60_000;

  const view = (): SignInView | null => {
    const { signIn } = door;
    if (signIn === null) return null;
    const { officerId, name, role, signedInAt } = signIn;
    return { officerId, name, role, signedInAt, locked: isLocked(), idleLockMinutes: door.idleMinutes };
  };

  const prover = createPinProver(deps);
  const changeOwn = createOwnPin(deps, prover);
  const check = async (officerId: string, pin: string): Promise<Result<Officer, UnlockRefusal | StorageRefusal>> => {
    const proved = await prover.prove(officerId, pin);
    return proved.ok ? prover.started(proved.value) : proved;
  };

  /** Wrong PINs before the right one count no more. */
  const forgiven = async ({ officerId }: Officer): Promise<Result<string, StorageRefusal>> =>
    await db.write(async (tx) => {
      await setFailures(tx, officerId, { failures: 0, lockedUntil: null });
      return ok(officerId);
    });

  const admit = async (
    officer: Pick<Officer, 'officerId' | 'role'>,
    signIn: SignIn,
  ): Promise<Result<SignInView, StorageRefusal>> => {
    const written = await journal.record(async (tx, append) => {
      append({
        type: 'officer.signed-in',
        stream: signIn.stream,
        officerId: officer.officerId,
        cashSessionId: null,
        body: { role: officer.role },
      });
      await setFailures(tx, officer.officerId, { failures: 0, lockedUntil: null });
      return ok((await readPolicy(tx)).idleLockMinutes);
    });
    if (!written.ok) return written;
    door.idleMinutes = written.value;
    door.signIn = signIn;
    door.locked = false;
    door.touchedAt = clock.monoMs();
    events.publish('sign-in');
    return ok({
      officerId: signIn.officerId,
      name: signIn.name,
      role: signIn.role,
      signedInAt: signIn.signedInAt,
      locked: false,
      idleLockMinutes: door.idleMinutes,
    });
  };

  const writeSignedOut = async (
    signIn: SignIn,
    reason: 'asked' | 'idle' | 'shutdown',
  ): Promise<Result<void, StorageRefusal>> =>
    await journal.record(async (_tx, append) => {
      append({
        type: 'officer.signed-out',
        stream: signIn.stream,
        officerId: signIn.officerId,
        cashSessionId: null,
        body: { reason },
      });
      return ok(undefined);
    });

  const end: AuthService['end'] = async (reason) => {
    const { signIn } = door;
    if (signIn === null) return ok(undefined);
    const written = await writeSignedOut(signIn, reason);
    // Signing out is always allowed: it takes effect even where it could not be recorded.
    door.signIn = null;
    events.publish('sign-in');
    return written;
  };

  const lock = (): void => {
    door.locked = true;
    events.publish('sign-in');
  };

  /** One PIN at a time: guesses that come in the same moment are counted before the next one is tried. */
  const turns: { last: Promise<unknown> } = { last: Promise.resolve() };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turns.last.then(work);
    // The next guess waits for this one, however it ends; the end itself goes to who asked.
    turns.last = next.catch(() => undefined);
    return next;
  };

  return {
    officers: async () => {
      const officers = await db.read((tx) => readOfficers(tx));
      return officers
        .filter((officer) => worksHere(officer, localDateAt(clock.wallMs())))
        .map(({ officerId, name, role, lockedUntil: until }) => ({
          officerId,
          name,
          role,
          lockedUntil: until !== null && until > clock.wallMs() ? until : null,
        }));
    },
    begin: (officerId, pin) =>
      inTurn(async () => {
        const { signIn } = door;
        if (signIn !== null && signIn.officerId !== officerId) return err({ code: 'SIGNED_IN_AS_OTHER' });
        const checked = await check(officerId, pin);
        if (!checked.ok) return checked;
        const { name, role } = checked.value;
        return await admit(checked.value, { officerId, name, role, stream: deps.newId(), signedInAt: clock.wallMs() });
      }),
    unlock: (pin) =>
      inTurn(async () => {
        const { signIn } = door;
        if (signIn === null) return err({ code: 'OFFICER_UNKNOWN' });
        const checked = await check(signIn.officerId, pin);
        return checked.ok ? await admit(checked.value, signIn) : checked;
      }),
    approve: (asker, { officerId, pin }) =>
      inTurn(async () => {
        const refused = (reason: string) =>
          err({ code: 'APPROVER_REFUSED' as const, path: ['approval'], details: { reason } });
        if (officerId === asker.officerId) return refused('SAME_PERSON');
        const officer = await db.read((tx) => findOfficer(tx, officerId));
        if (officer !== undefined && officer.role !== 'supervisor') return refused('NOT_A_SUPERVISOR');
        const checked = await check(officerId, pin);
        if (checked.ok) return await forgiven(checked.value);
        const { error } = checked;
        return isStorageRefusal(error) ? err(error) : refused(error.code);
      }),
    witness: ({ officerId, pin }) =>
      inTurn(async () => {
        const checked = await check(officerId, pin);
        if (!checked.ok) {
          const { error } = checked;
          if (isStorageRefusal(error)) return err(error);
          return err({ code: 'APPROVER_REFUSED' as const, path: ['confirmer'], details: { reason: error.code } });
        }
        const { role } = checked.value;
        const pardoned = await forgiven(checked.value);
        return pardoned.ok ? ok({ officerId, role }) : pardoned;
      }),
    sign: (officerId, pin) =>
      inTurn(async () => {
        const checked = await check(officerId, pin);
        if (!checked.ok) return checked;
        const { name, role } = checked.value;
        const pardoned = await forgiven(checked.value);
        return pardoned.ok ? ok({ officerId, name, role }) : pardoned;
      }),
    passTo: (officer) =>
      inTurn(async () => {
        const { signIn: leaving } = door;
        const ended = leaving === null ? ok(undefined) : await writeSignedOut(leaving, 'asked');
        const entering = { ...officer, stream: deps.newId(), signedInAt: clock.wallMs() };
        // Nobody stands at the door for a moment only where the other could not enter: a screen would fall back to it.
        const admitted = ended.ok ? await admit(officer, entering) : ended;
        if (!admitted.ok) {
          door.signIn = null;
          events.publish('sign-in');
        }
        return admitted;
      }),
    changePin: (typed) =>
      inTurn(async () => {
        const changed = await changeOwn(typed);
        return changed.ok ? ok(undefined) : changed;
      }),
    lock,
    end,
    touch: () => {
      if (!isLocked()) door.touchedAt = clock.monoMs();
    },
    current: () => (door.signIn === null ? null : { signIn: door.signIn, locked: isLocked() }),
    view,
    recheck: async () => {
      const { signIn } = door;
      if (signIn === null) return;
      const officer = await db.read((tx) => findOfficer(tx, signIn.officerId));
      const mayStay = officer !== undefined && worksHere(officer, localDateAt(clock.wallMs()));
      // A PIN that was set back is nobody's any more until its owner has chosen the next one.
      if (!mayStay || officer.startsUntil !== null) lock();
    },
  };
}
