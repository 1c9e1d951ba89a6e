import type { Refusal } from '../../../contract/errors.ts';
import type { InquiryRequest } from '../../../contract/sync-protocol.ts';
import type { DraftView } from '../../../contract/views-transaction.ts';
import { normaliseChassisTail } from '../../../domain/chassis.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, ReadTx, StorageRefusal, WriteTx } from '../db/open.ts';
import type { DraftContent } from '../db/schema-counter.ts';
import { abandonPages } from '../documents/abandon-pages.ts';
import type { Journal } from '../journal/journal.ts';
import { hasOpenPayment } from '../payments/payment-store.ts';
import type { EventsPort } from '../ports.ts';
import { chassisTailOf, findVehicle, nrkbIndex } from '../registry/registry-store.ts';
import { findArrival, findOpenArrivalOf } from './arrival-store.ts';
import { findBasketOf } from './basket-store.ts';
import type { BillDesk } from './bill-desk.ts';
import {
  type Draft,
  endDraft,
  findDraft,
  findUnfinished,
  insertDraft,
  putContent,
  readNewestDraftsOf,
} from './draft-store.ts';
import { draftView, linesOf, MAX_TRIES, periodsOf } from './draft-view.ts';
import { quoteDraft } from './quote.ts';
import { type GatherDeps, gatherDraft } from './selling-facts.ts';

type DraftRefusal = Refusal<'TRANSACTION_UNKNOWN' | 'TRANSACTION_CLOSED'>;
type DraftResult<E = never> = Promise<Result<DraftView, DraftRefusal | E | StorageRefusal>>;

/** A draft left open longer than this is not offered again after a restart. */
const UNFINISHED_FOR_MS = 12 * 3_600_000;

/** Everything before the money: begin, confirm, tick, price. */
export type TransactionsService = {
  readonly begin: (
    signIn: SignIn,
    vehicleId: string,
    arrivalId: string | null,
  ) => Promise<Result<DraftView, Refusal<'VEHICLE_UNKNOWN' | 'ARRIVAL_UNKNOWN'> | StorageRefusal>>;
  readonly confirm: (
    signIn: SignIn,
    transactionId: string,
    chassisTail: string,
  ) => DraftResult<Refusal<'CHASSIS_TAIL_WRONG' | 'CHASSIS_TAIL_BLOCKED'>>;
  readonly draft: (transactionId: string) => Promise<Result<DraftView, DraftRefusal>>;
  readonly unfinished: (signIn: SignIn) => Promise<DraftView | null>;
  readonly change: (transactionId: string, change: (content: DraftContent) => DraftContent) => DraftResult;
  readonly abandon: (
    transactionId: string,
  ) => Promise<
    Result<Record<string, never>, DraftRefusal | Refusal<'IN_BASKET' | 'PAYMENT_UNRESOLVED'> | StorageRefusal>
  >;
  /** Asks the province for its figure; the screen is told when it comes. Resolves after at most 2 s. */
  readonly inquire: (transactionId: string) => Promise<void>;
};

type Deps = GatherDeps & {
  readonly db: Db;
  readonly journal: Journal;
  readonly bills: BillDesk;
  readonly events: EventsPort;
  readonly newId: () => string;
};

const NEW_PAYER: DraftContent['payer'] = { name: null, phone: null, blankReason: null, isOwner: true };

export function createTransactionsService(deps: Deps): TransactionsService {
  const { db, journal, cipher, bills, events, newId } = deps;

  const viewIn = async (tx: ReadTx, draft: Draft): Promise<Result<DraftView, DraftRefusal>> => {
    const bill = bills.billOf(draft.transactionId);
    const gathered = await gatherDraft(tx, deps, draft, bill);
    // A vehicle that left the registry meanwhile takes its draft with it.
    return gathered === undefined ? err({ code: 'TRANSACTION_UNKNOWN' }) : ok(draftView(gathered, bill));
  };

  const openDraft = async (tx: ReadTx, transactionId: string): Promise<Result<Draft, DraftRefusal>> => {
    const draft = await findDraft(tx, cipher, transactionId);
    if (draft === undefined) return err({ code: 'TRANSACTION_UNKNOWN' });
    return draft.state === 'open' ? ok(draft) : err({ code: 'TRANSACTION_CLOSED', details: { state: draft.state } });
  };

  const change: TransactionsService['change'] = (transactionId, changed) =>
    db.write(async (tx: WriteTx) => {
      const draft = await openDraft(tx, transactionId);
      if (!draft.ok) return draft;
      const content = changed(draft.value.content);
      await putContent(tx, cipher, transactionId, content);
      return await viewIn(tx, { ...draft.value, content });
    });

  const inquiryOf = async (transactionId: string): Promise<InquiryRequest | undefined> =>
    db.read(async (tx) => {
      const draft = await openDraft(tx, transactionId);
      if (!draft.ok || !draft.value.content.confirmed) return undefined;
      const gathered = await gatherDraft(tx, deps, draft.value, null);
      if (gathered === undefined) return undefined;
      const { quote } = quoteDraft(gathered.facts);
      const lines = quote === null ? [] : linesOf(quote);
      return {
        inquiryId: newId(),
        nrkb: gathered.vehicle.record.nrkb,
        chassisTail: chassisTailOf(gathered.vehicle.record.chassisNumber).padStart(5, '0').slice(-5),
        arrivedOn: gathered.facts.arrivedOn,
        groups: [...gathered.facts.groups],
        periods: periodsOf(lines),
        localTotal: quote?.source === 'local' ? quote.assessment.total : null,
      };
    });

  /**
   * Wrong tails of one vehicle, over all its services since the last right one: a new service is no new chance to guess.
   */
  const wrongTails = async (tx: ReadTx, vehicleId: string): Promise<number> => {
    const drafts = await readNewestDraftsOf(tx, cipher, vehicleId, deps.now() - UNFINISHED_FOR_MS);
    const right = drafts.findIndex((draft) => draft.content.confirmed);
    const since = right === -1 ? drafts : drafts.slice(0, right);
    return since.reduce((most, draft) => Math.max(most, draft.content.tries), 0);
  };

  type Compared = { readonly view: DraftView } | { readonly tries: number };

  /** One commit per guess, read and counted in it: twenty guesses in one moment are twenty guesses. */
  const compareTail = (
    signIn: SignIn,
    transactionId: string,
    typed: string,
  ): Promise<Result<Compared, DraftRefusal | Refusal<'CHASSIS_TAIL_BLOCKED'> | StorageRefusal>> =>
    journal.record(async (tx, append) => {
      const found = await openDraft(tx, transactionId);
      if (!found.ok) return found;
      const draft = found.value;
      const vehicle = await findVehicle(tx, cipher, draft.content.vehicleId);
      if (vehicle === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
      const before = Math.max(draft.content.tries, await wrongTails(tx, draft.content.vehicleId));
      if (before >= MAX_TRIES) return err({ code: 'CHASSIS_TAIL_BLOCKED' as const, path: ['chassisTail'] });
      const entry = { stream: transactionId, officerId: signIn.officerId, cashSessionId: null };
      const tail = normaliseChassisTail(typed);
      if (tail.ok && tail.value === chassisTailOf(vehicle.record.chassisNumber)) {
        const content: DraftContent = { ...draft.content, confirmed: true };
        append({ ...entry, type: 'personal-data.viewed', body: { what: 'owner-name', count: 1 } });
        await putContent(tx, cipher, transactionId, content);
        const view = await viewIn(tx, { ...draft, content });
        return view.ok ? ok({ view: view.value }) : view;
      }
      // The wrong tail is counted and recorded, and tells nothing about the owner.
      const tries = before + 1;
      append({ ...entry, type: 'vehicle.confirm-refused', body: { failures: tries } });
      await putContent(tx, cipher, transactionId, { ...draft.content, tries });
      return ok({ tries });
    });

  return {
    begin: async (signIn, vehicleId, arrivalId) => {
      const transactionId = newId();
      return await db.write(async (tx) => {
        const vehicle = await findVehicle(tx, cipher, vehicleId);
        if (vehicle === undefined) return err({ code: 'VEHICLE_UNKNOWN' as const });
        const index = nrkbIndex(cipher, vehicle.record.nrkb);
        const arrival =
          arrivalId === null ? await findOpenArrivalOf(tx, cipher, index) : await findArrival(tx, cipher, arrivalId);
        // Another plate's arrival, or one that a sale has used, would give this citizen a day that is not his.
        const isHis = arrival?.nrkbIndex === index && arrival.settledBy === null;
        if (arrivalId !== null && !isHis) return err({ code: 'ARRIVAL_UNKNOWN' as const });
        const { name, phone } = arrival?.person ?? NEW_PAYER;
        const draft: Draft = {
          transactionId,
          state: 'open',
          officerId: signIn.officerId,
          begunAt: deps.now(),
          content: {
            vehicleId,
            tries: await wrongTails(tx, vehicleId),
            confirmed: false,
            arrivalId: arrival?.arrivalId ?? null,
            groups: [],
            documents: [],
            waivers: [],
            financed: false,
            payer: { ...NEW_PAYER, name, phone },
          },
        };
        await insertDraft(tx, cipher, draft);
        const view = await viewIn(tx, draft);
        return view.ok ? view : err({ code: 'VEHICLE_UNKNOWN' as const });
      });
    },

    confirm: async (signIn, transactionId, typed) => {
      const compared = await compareTail(signIn, transactionId, typed);
      if (!compared.ok) return compared;
      if ('view' in compared.value) return ok(compared.value.view);
      const triesLeft = MAX_TRIES - compared.value.tries;
      return triesLeft === 0
        ? err({ code: 'CHASSIS_TAIL_BLOCKED', path: ['chassisTail'] })
        : err({ code: 'CHASSIS_TAIL_WRONG', path: ['chassisTail'], details: { triesLeft } });
    },

    draft: (transactionId) =>
      db.read(async (tx) => {
        const draft = await openDraft(tx, transactionId);
        return draft.ok ? await viewIn(tx, draft.value) : draft;
      }),

    unfinished: (signIn) =>
      db.read(async (tx) => {
        const draft = await findUnfinished(tx, cipher, signIn.officerId, deps.now() - UNFINISHED_FOR_MS);
        if (draft === undefined) return null;
        const view = await viewIn(tx, draft);
        return view.ok ? view.value : null;
      }),

    change,

    abandon: (transactionId) =>
      journal.record(async (tx, append) => {
        const draft = await openDraft(tx, transactionId);
        if (!draft.ok) return draft;
        if ((await findBasketOf(tx, transactionId)) !== undefined) return err({ code: 'IN_BASKET' as const });
        // Money may be on its way to this very service.
        if (await hasOpenPayment(tx, transactionId)) return err({ code: 'PAYMENT_UNRESOLVED' as const });
        const { officerId } = draft.value;
        await abandonPages(tx, append, { stream: transactionId, officerId, nowMs: deps.now() });
        await endDraft(tx, cipher, draft.value, 'abandoned', deps.now());
        bills.forget(transactionId);
        return ok({});
      }),

    inquire: async (transactionId) => {
      const request = await inquiryOf(transactionId);
      if (request === undefined) return;
      await bills.ask(transactionId, request);
      events.publish('transactions');
    },
  };
}
