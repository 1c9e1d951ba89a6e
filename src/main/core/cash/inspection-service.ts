import type { InspectionView } from '../../../contract/api-inspection.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type { EntryBody } from '../../../contract/journal-entry.ts';
import { type InspectionRefusal, inspectCash } from '../../../domain/cash-inspection.ts';
import { assertNever, err, ok, type Result } from '../../../domain/result.ts';
import type { Rupiah } from '../../../domain/rupiah.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, ReadTx, StorageRefusal, WriteTx } from '../db/open.ts';
import { type Appended, bodyOf, type Position, type StoredEntry } from '../journal/entry-text.ts';
import type { Append } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { findOpenSession, salesOfSession, type StoredCashSession } from './cash-store.ts';
import { type Counts, type DrawerDeps, totalOf } from './close-session.ts';
import { type CountAsked, type CountRefusal, questionOf } from './count-questions.ts';
import { readDrawerSums } from './drawer-sums.ts';
import {
  findInspection,
  insertInspection,
  putInspectionExplained,
  readInspections,
  type StoredInspection,
} from './inspection-store.ts';
import { readSafeParts } from './safe-part.ts';

const SHOWN = 50;

/** The supervisor who counts; his PIN was right for this one inspection. */
export type Inspector = Pick<SignIn, 'officerId' | 'name' | 'role'>;

type InspectCode = 'APPROVER_REFUSED' | 'CASH_SESSION_CLOSED' | 'CASH_SESSION_COUNTED' | CountRefusal['code'];
type ExplainCode = 'NOT_FOUND' | 'CASH_VARIANCE_SETTLED' | 'CASH_VARIANCE_OWN';

/** An inspection that stands; the entry is null where a repeated call answers an earlier one. */
export type Inspected = { readonly view: InspectionView; readonly entry: Appended | null };

type InspectAsked = CountAsked & {
  readonly inspectionId: string;
  readonly cashSessionId: string;
  /** Null where the safe is not counted. */
  readonly safeCounts: Counts | null;
};

/** *Pemeriksaan kas mendadak*: the session of the officer goes on, and no money moves. */
export type InspectionService = {
  /** The officer whose drawer is open now; undefined while none is. */
  readonly inspectedOfficer: () => Promise<string | undefined>;
  readonly inspect: (
    inspector: Inspector,
    asked: InspectAsked,
  ) => Promise<Result<Inspected, Refusal<InspectCode> | StorageRefusal>>;
  readonly list: () => Promise<InspectionView[]>;
  readonly explain: (
    signIn: SignIn,
    asked: { readonly inspectionId: string; readonly explanation: string },
  ) => Promise<Result<InspectionView, Refusal<ExplainCode> | StorageRefusal>>;
};

type Deps = DrawerDeps & {
  readonly db: Db;
  readonly events: EventsPort;
  readonly numberAt: (position: Position) => string;
};

/** What the screen and the paper say of an inspection. */
function inspectionView(stored: StoredInspection, entry: StoredEntry): InspectionView {
  const { drawer, safe, head } = bodyOf('cash.inspected', entry);
  const { sums: _sums, ...counted } = drawer;
  const { inspectionId, seq, cashSessionId, inspectedAt, inspectorName, officerName, variance, varianceState } = stored;
  return {
    inspectionId,
    inspectionNumber: stored.number,
    seq,
    cashSessionId,
    inspectedAt,
    inspectorName,
    officerName,
    drawer: counted,
    safe,
    variance,
    varianceState,
    head,
  };
}

function refusalOf(reason: InspectionRefusal): Refusal<'APPROVER_REFUSED' | 'CASH_SESSION_COUNTED'> {
  switch (reason) {
    case 'NOT_PERMITTED':
      return { code: 'APPROVER_REFUSED', path: ['supervisor'], details: { reason: 'NOT_A_SUPERVISOR' } };
    case 'OWN_DRAWER':
      return { code: 'APPROVER_REFUSED', path: ['supervisor'], details: { reason: 'SAME_PERSON' } };
    case 'NOT_OPEN':
      return { code: 'CASH_SESSION_COUNTED' };
    default:
      return assertNever(reason);
  }
}

export function createInspectionService(deps: Deps): InspectionService {
  const { db, journal, events, tolerance, numberAt } = deps;

  const viewOf = async (tx: ReadTx, stored: StoredInspection): Promise<InspectionView> => {
    const entry = await journal.find(tx, stored.seq);
    if (entry === undefined) throw new Error('an inspection has its entry');
    return inspectionView(stored, entry);
  };

  /** Between which entries the count stands: the session's first one, and the newest of the journal. */
  const placeOf = async (tx: ReadTx, cashSessionId: string) => {
    const [first] = await journal.readStream(tx, cashSessionId);
    const head = await journal.head(tx);
    if (first === undefined || head === undefined) throw new Error('a session has the entry that opened it');
    return { firstSeq: first.seq, lastSeq: head.seq, head: head.hash };
  };

  const write = async (
    tx: WriteTx,
    append: Append,
    { inspector, session }: { readonly inspector: Inspector; readonly session: StoredCashSession },
    asked: InspectAsked,
    { counted, safeCounted }: { readonly counted: Rupiah; readonly safeCounted: Rupiah | null },
  ): Promise<Result<Inspected, Refusal<InspectCode>>> => {
    const { inspectionId, counts, safeCounts } = asked;
    const { cashSessionId, officerId, state } = session;
    const { expected, ...sums } = await readDrawerSums(tx, cashSessionId);
    const { sales: salesCount } = await salesOfSession(tx, cashSessionId);
    const safeExpected = (await readSafeParts(tx)).depositable;
    const limit = await tolerance(tx);
    const decided = inspectCash({
      inspector: { personId: inspector.officerId, role: inspector.role },
      session: { officerId, state },
      drawer: { counted, expected },
      safe: safeCounted === null ? null : { counted: safeCounted, expected: safeExpected },
      tolerance: limit,
    });
    if (!decided.ok) return err(refusalOf(decided.error));
    const { drawerVariance, safeVariance, variance, state: varianceState } = decided.value;
    const place = await placeOf(tx, cashSessionId);
    const drawer = { counts: [...counts], counted, expected, variance: drawerVariance, sums: { ...sums, salesCount } };
    const safe: EntryBody<'cash.inspected'>['safe'] =
      safeCounts === null || safeCounted === null || safeVariance === null
        ? null
        : { counts: [...safeCounts], counted: safeCounted, expected: safeExpected, variance: safeVariance };
    const entry = append({
      type: 'cash.inspected',
      stream: inspectionId,
      refs: [cashSessionId],
      officerId: inspector.officerId,
      cashSessionId,
      body: (position) => ({
        inspectionId,
        inspectionNumber: numberAt(position),
        cashSessionId,
        officerId,
        drawer,
        safe,
        tolerance: limit,
        ...place,
      }),
    });
    const stored: StoredInspection = {
      inspectionId,
      seq: entry.seq,
      cashSessionId,
      number: bodyOf('cash.inspected', entry).inspectionNumber,
      inspectedBy: inspector.officerId,
      inspectorName: inspector.name,
      officerId,
      officerName: session.officerName,
      inspectedAt: entry.wallMs,
      variance,
      varianceState,
    };
    await insertInspection(tx, stored);
    return ok({ view: inspectionView(stored, entry), entry });
  };

  const told = <R extends Result<unknown, unknown>>(result: R): R => {
    if (result.ok) for (const topic of ['cash-session', 'exceptions'] as const) events.publish(topic);
    return result;
  };

  return {
    inspectedOfficer: () => db.read(async (tx) => (await findOpenSession(tx))?.officerId),

    inspect: async (inspector, asked) => {
      const { inspectionId, cashSessionId, counts, safeCounts } = asked;
      const counted = totalOf(counts);
      const safeCounted = safeCounts === null ? null : totalOf(safeCounts);
      if (counted === undefined) return err({ code: 'CASH_COUNT_INVALID', path: ['counts'] });
      if (safeCounted === undefined) return err({ code: 'CASH_COUNT_INVALID', path: ['safeCounts'] });
      const inspected = await journal.record(async (tx, append) => {
        const standing = await findInspection(tx, inspectionId);
        if (standing !== undefined) return ok<Inspected>({ view: await viewOf(tx, standing), entry: null });
        const session = await findOpenSession(tx);
        if (session?.cashSessionId !== cashSessionId) return err({ code: 'CASH_SESSION_CLOSED' as const });
        const question = await questionOf(tx, asked);
        if (question !== null) return err(question);
        return await write(tx, append, { inspector, session }, asked, { counted, safeCounted });
      });
      return told(inspected);
    },

    list: () =>
      db.read(async (tx) => {
        const views: InspectionView[] = [];
        for (const stored of await readInspections(tx, SHOWN)) views.push(await viewOf(tx, stored));
        return views;
      }),

    explain: async (signIn, { inspectionId, explanation }) => {
      const explained = await journal.record(async (tx, append) => {
        const stored = await findInspection(tx, inspectionId);
        if (stored === undefined) return err({ code: 'NOT_FOUND' as const });
        if (stored.varianceState !== 'open') return err({ code: 'CASH_VARIANCE_SETTLED' as const });
        // Neither who counted it nor whose drawer it was.
        const own = [stored.inspectedBy, stored.officerId].includes(signIn.officerId);
        if (own) return err({ code: 'CASH_VARIANCE_OWN' as const });
        const entry = append({
          type: 'cash-inspection.explained',
          stream: inspectionId,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { inspectionId, variance: stored.variance, explanation },
        });
        await putInspectionExplained(tx, inspectionId, entry.seq);
        return ok({ ...(await viewOf(tx, stored)), varianceState: 'explained' as const });
      });
      return told(explained);
    },
  };
}
