import type { Refusal } from '../../../contract/errors.ts';
import type { ArrivalPersonal } from '../../../contract/journal-entry.ts';
import type { arrivalRowSchema } from '../../../contract/views-counter.ts';
import type { DocumentKind } from '../../../domain/checklist.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { findOpenSession } from '../cash/cash-store.ts';
import type { StorageRefusal, WriteTx } from '../db/open.ts';
import type { EnrolledDevice } from '../device/enrolled-device-store.ts';
import type { Append, Appended, Journal } from '../journal/journal.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import { readHoldingsOf } from '../originals/holding-store.ts';
import type { HoldPapers } from '../originals/receive-originals.ts';
import type { EventsPort } from '../ports.ts';
import { nrkbIndex } from '../registry/registry-store.ts';
import { heldKinds } from '../services/service-view.ts';
import type { z } from 'zod';
import { type Arrival, insertArrival, readOpenArrivals } from './arrival-store.ts';
import { endDraft, findDraft } from './draft-store.ts';
import { checklistOf } from './draft-view.ts';
import { receiptNumberAt } from './receipt-numbers.ts';
import { type GatherDeps, gatherDraft } from './selling-facts.ts';

type ArrivalRow = z.infer<typeof arrivalRowSchema>;

/** An arrival with all that its paper needs. */
export type RecordedArrival = {
  readonly arrival: Arrival;
  readonly vehicle: { readonly make: string; readonly model: string; readonly yearMade: number };
  readonly entry: Appended;
};

type Payer = { readonly name: string | null; readonly phone: string | null; readonly blankReason: string | null };

export type ArrivalService = {
  /** Ends a draft without money: papers are in, the day of arrival is proved (claim `arrivedOn`). */
  readonly recordDraft: (
    signIn: SignIn,
    transactionId: string,
  ) => Promise<
    Result<
      RecordedArrival,
      | Refusal<'TRANSACTION_UNKNOWN' | 'TRANSACTION_CLOSED' | 'TRANSACTION_NOT_CONFIRMED' | 'PAYER_MISSING'>
      | StorageRefusal
    >
  >;
  /** For a plate that the local registry does not know. */
  readonly recordUnknown: (
    signIn: SignIn,
    nrkb: string,
    payer: Payer,
  ) => Promise<Result<RecordedArrival, Refusal<'PAYER_MISSING'> | StorageRefusal>>;
  /** Names and phones of who waits; the look is an entry. */
  readonly callList: (signIn: SignIn) => Promise<Result<ArrivalRow[], StorageRefusal>>;
};

type Deps = GatherDeps & {
  readonly journal: Journal;
  readonly subjectKeys: SubjectKeys;
  readonly holdPapers: HoldPapers;
  readonly device: EnrolledDevice;
  readonly events: EventsPort;
  readonly newId: () => string;
};

export function arrivalRow(arrival: Arrival): ArrivalRow {
  return {
    arrivalId: arrival.arrivalId,
    arrivalNumber: arrival.arrivalNumber,
    nrkb: arrival.person.nrkb,
    name: arrival.person.name,
    phone: arrival.person.phone,
    arrivedOn: arrival.arrivedOn,
    recordedAt: arrival.recordedAt,
    settled: arrival.settledBy !== null,
  };
}

const isBlank = (payer: Payer): boolean => payer.name === null && payer.phone === null && payer.blankReason === null;

export function createArrivalService(deps: Deps): ArrivalService {
  const { journal, cipher, events } = deps;

  const write = async (
    tx: WriteTx,
    append: Append,
    signIn: SignIn,
    arrived: {
      readonly nrkb: string;
      readonly payer: Payer;
      readonly documents: readonly { readonly kind: DocumentKind; readonly present: boolean }[];
    },
  ): Promise<{ arrival: Arrival; entry: Appended }> => {
    const arrivalId = deps.newId();
    const personal: ArrivalPersonal = { nrkb: arrived.nrkb, name: arrived.payer.name, phone: arrived.payer.phone };
    const { sealed, bodyKey } = deps.subjectKeys.sealPersonal(arrivalId, personal);
    const arrivedOn = deps.today();
    const entry = append({
      type: 'arrival.recorded',
      stream: arrivalId,
      officerId: signIn.officerId,
      cashSessionId: (await findOpenSession(tx))?.cashSessionId ?? null,
      body: (position) => ({
        arrivalId,
        arrivalNumber: receiptNumberAt(deps.device, position),
        arrivedOn,
        documents: [...arrived.documents],
        blankReason: arrived.payer.blankReason,
        sealed,
      }),
    });
    await deps.subjectKeys.storeSubjectKey(tx, arrivalId, bodyKey);
    const arrival: Arrival = {
      arrivalId,
      arrivalNumber: receiptNumberAt(deps.device, entry),
      nrkbIndex: nrkbIndex(cipher, arrived.nrkb),
      arrivedOn,
      recordedAt: entry.wallMs,
      settledBy: null,
      person: personal,
    };
    await insertArrival(tx, cipher, arrival);
    return { arrival, entry };
  };

  const published = <R extends { readonly ok: boolean }>(result: R): R => {
    if (result.ok) events.publish('transactions');
    return result;
  };

  return {
    recordDraft: async (signIn, transactionId) =>
      published(
        await journal.record(async (tx, append) => {
          const draft = await findDraft(tx, cipher, transactionId);
          if (draft === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
          if (draft.state !== 'open') {
            return err({ code: 'TRANSACTION_CLOSED' as const, details: { state: draft.state } });
          }
          if (!draft.content.confirmed) return err({ code: 'TRANSACTION_NOT_CONFIRMED' as const });
          if (isBlank(draft.content.payer)) return err({ code: 'PAYER_MISSING' as const, path: ['payer'] });
          const gathered = await gatherDraft(tx, deps, draft, null);
          if (gathered === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
          const { record } = gathered.vehicle;
          const papers = checklistOf(gathered);
          const documents = papers.map(({ kind, present }) => ({ kind, present }));
          const arrived = { nrkb: record.nrkb, payer: draft.content.payer, documents };
          const written = await write(tx, append, signIn, arrived);
          // What was put into the drawer for the service itself lies there already.
          const lying = (await readHoldingsOf(tx, transactionId)).map((one) => one.kind);
          await deps.holdPapers(tx, append, {
            stream: written.arrival.arrivalId,
            kinds: heldKinds(papers).filter((kind) => !lying.includes(kind)),
            officerId: signIn.officerId,
          });
          await endDraft(tx, cipher, draft, 'arrival', deps.now());
          const { make, model, yearMade } = record;
          return ok({ ...written, vehicle: { make, model, yearMade } });
        }),
      ),

    recordUnknown: async (signIn, nrkb, payer) => {
      if (isBlank(payer)) return err({ code: 'PAYER_MISSING', path: ['name'] });
      return published(
        await journal.record(async (tx, append) => {
          const written = await write(tx, append, signIn, { nrkb, payer, documents: [] });
          return ok({ ...written, vehicle: { make: '', model: '', yearMade: 0 } });
        }),
      );
    },

    callList: async (signIn) =>
      journal.record(async (tx, append) => {
        const arrivals = await readOpenArrivals(tx, cipher);
        if (arrivals.length > 0) {
          append({
            type: 'personal-data.viewed',
            stream: signIn.stream,
            officerId: signIn.officerId,
            cashSessionId: null,
            body: { what: 'call-list', count: arrivals.length },
          });
        }
        return ok(arrivals.map(arrivalRow));
      }),
  };
}
