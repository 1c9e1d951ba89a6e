import { type MatchPersonal, notePersonalSchema } from '../../../contract/entry-bodies-cases.ts';
import type { ErrorCode, Refusal } from '../../../contract/errors.ts';
import type { CasePage } from '../../../contract/views-cases.ts';
import type { ExceptionCaseView } from '../../../contract/views-counter.ts';
import { ownerOfCase, promisedDay } from '../../../domain/case-progress.ts';
import type { CaseOwner } from '../../../domain/exception-case.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { ReadTx, StorageRefusal, WriteTx } from '../db/open.ts';
import { type Appended, bodyOf } from '../journal/entry-text.ts';
import type { Append } from '../journal/journal.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { findSale } from '../transactions/sale-store.ts';
import type { CancellationService } from './cancellation-service.ts';
import type { CaseDeps } from './case-deps.ts';
import { type CaseFile, findFile, insertEvent, insertFile, putOwner, readEventPlaces } from './case-file-store.ts';
import { caseNumberAt } from './case-number.ts';
import { NO_SALE, pageOf, progressOf, salePartOf } from './case-page.ts';
import type { CashRefundService } from './cash-refund-service.ts';
import { insertMatch, isMatched } from './claim-store.ts';
import { readSaleFacts, type SaleFacts } from './sale-facts.ts';

type Answer<C extends ErrorCode> = Promise<Result<CasePage, Refusal<C> | StorageRefusal>>;

export type CaseDesk = {
  readonly page: (caseId: string) => Promise<Result<CasePage, Refusal<'CASE_UNKNOWN'>>>;
  /** Gives a case its number; again it is the same one. */
  readonly open: (signIn: SignIn, caseId: string) => Answer<'CASE_UNKNOWN'>;
  readonly assign: (
    signIn: SignIn,
    asked: { readonly caseId: string; readonly owner: CaseOwner; readonly reason: string },
  ) => Answer<'CASE_UNKNOWN'>;
  readonly note: (
    signIn: SignIn,
    asked: { readonly caseId: string; readonly note: string },
  ) => Answer<'CASE_UNKNOWN' | 'PERSON_ERASED'>;
  /** What the note at a place says; the look and its reason are an entry of the same commit. */
  readonly openNote: (
    signIn: SignIn,
    asked: { readonly caseId: string; readonly seq: number; readonly reason: string },
  ) => Promise<Result<{ readonly note: string }, Refusal<'CASE_UNKNOWN' | 'PERSON_ERASED'> | StorageRefusal>>;
  /** Which vehicle a rejected sale was for; once for each decision. */
  readonly match: (
    signIn: SignIn,
    asked: { readonly transactionId: string; readonly decisionId: string; readonly vehicle: MatchPersonal },
  ) => Promise<
    Result<
      Record<string, never>,
      Refusal<'TRANSACTION_UNKNOWN' | 'CASE_CHANGED' | 'CASE_SETTLED' | 'PERSON_ERASED'> | StorageRefusal
    >
  >;
};

type Deps = CaseDeps & {
  /** The case as the list has it, or as it was when it still waited; undefined for what never was one. */
  readonly findRow: (
    tx: ReadTx,
    caseId: string,
  ) => Promise<{ readonly row: ExceptionCaseView; readonly isOpen: boolean } | undefined>;
  readonly cancellations: CancellationService;
  readonly cashRefunds: CashRefundService;
};

type Found = {
  readonly row: ExceptionCaseView;
  readonly isOpen: boolean;
  readonly file: CaseFile | undefined;
  readonly facts: SaleFacts | undefined;
};

export function createCaseDesk(deps: Deps): CaseDesk {
  const { db, journal, cipher, subjectKeys, device, timekeeper, events, newId } = deps;

  const find = async (tx: ReadTx, caseId: string): Promise<Found | undefined> => {
    const found = await deps.findRow(tx, caseId);
    if (found === undefined) return undefined;
    const { transactionId } = found.row;
    const sale = transactionId === null ? undefined : await findSale(tx, cipher, transactionId);
    // The entry of a rotten row says nothing any more; what was kept beside it still names the sale.
    const isReadable = sale !== undefined && found.row.kind !== 'damaged-entry';
    const facts = isReadable ? await readSaleFacts(tx, journal, sale) : undefined;
    return { ...found, file: await findFile(tx, caseId), facts };
  };

  const view = async (tx: ReadTx, found: Found): Promise<CasePage> => {
    const salePart = found.facts === undefined ? NO_SALE : await salePartOf(tx, found.facts, found.file, deps);
    return await pageOf(tx, deps, { ...found, salePart });
  };

  /** Nobody writes about a case that has no number: the first word opens it. */
  const opened = async (tx: WriteTx, append: Append, signIn: SignIn, found: Found): Promise<CaseFile> => {
    if (found.file !== undefined) return found.file;
    const { row, facts } = found;
    const caseId = newId();
    const { kind, transactionId } = row;
    const { promisedDays } = (await readPolicy(tx)).cases;
    const fresh = {
      caseId,
      caseKey: row.caseId,
      kind,
      transactionId,
      owner: ownerOfCase(kind, await progressOf(tx, undefined, facts, row)),
      promisedOn: promisedDay(timekeeper.today(), promisedDays),
    };
    const entry = append({
      type: 'case.opened',
      stream: transactionId ?? caseId,
      officerId: signIn.officerId,
      cashSessionId: null,
      body: (position) => ({ ...fresh, caseNumber: caseNumberAt(device, position) }),
    });
    const place = { number: caseNumberAt(device, entry), openedSeq: entry.seq, openedAt: entry.wallMs };
    const file: CaseFile = { ...fresh, ...place };
    await insertFile(tx, file);
    return file;
  };

  /** One commit about one case, answered with its page as it stands after it. */
  const write = async <C extends ErrorCode>(
    signIn: SignIn,
    caseId: string,
    work: (tx: WriteTx, append: Append, file: CaseFile, found: Found) => Promise<Result<Appended | null, Refusal<C>>>,
  ): Answer<C | 'CASE_UNKNOWN'> => {
    const written = await journal.record(async (tx, append): Promise<Result<CasePage, Refusal<C | 'CASE_UNKNOWN'>>> => {
      const found = await find(tx, caseId);
      if (found === undefined) return err({ code: 'CASE_UNKNOWN' });
      const file = await opened(tx, append, signIn, found);
      const done = await work(tx, append, file, found);
      if (!done.ok) return done;
      if (done.value !== null) await insertEvent(tx, file.caseId, done.value.seq);
      return ok(await view(tx, { ...found, file: await findFile(tx, caseId) }));
    });
    if (written.ok) events.publish('exceptions');
    return written;
  };

  return {
    page: (caseId) =>
      db.read(async (tx) => {
        const found = await find(tx, caseId);
        return found === undefined ? err({ code: 'CASE_UNKNOWN' }) : ok(await view(tx, found));
      }),

    open: (signIn, caseId) => write(signIn, caseId, async () => ok(null)),

    assign: (signIn, { caseId, owner, reason }) =>
      write(signIn, caseId, async (tx, append, file) => {
        const entry = append({
          type: owner === 'province' ? 'case.escalated' : 'case.assigned',
          stream: file.transactionId ?? file.caseId,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { caseId: file.caseId, caseNumber: file.number, owner, reason },
        });
        await putOwner(tx, file.caseId, owner);
        return ok(entry);
      }),

    note: (signIn, { caseId, note }) =>
      write(signIn, caseId, async (tx, append, file) => {
        const subject = file.transactionId ?? file.caseId;
        const isErased = file.transactionId !== null && !(await subjectKeys.findSubjectKey(tx, subject));
        if (isErased) return err({ code: 'PERSON_ERASED' as const });
        const bodyKey = await subjectKeys.takeBodyKey(tx, subject);
        const sealed = subjectKeys.sealUnder(bodyKey, subject, { note });
        return ok(
          append({
            type: 'case.noted',
            stream: subject,
            officerId: signIn.officerId,
            cashSessionId: null,
            body: { caseId: file.caseId, caseNumber: file.number, sealed },
          }),
        );
      }),

    openNote: (signIn, { caseId, seq, reason }) =>
      journal.record(
        async (tx, append): Promise<Result<{ note: string }, Refusal<'CASE_UNKNOWN' | 'PERSON_ERASED'>>> => {
          const file = await findFile(tx, caseId);
          const isOfCase = file !== undefined && (await readEventPlaces(tx, file.caseId)).includes(seq);
          const entry = isOfCase ? await journal.find(tx, seq) : undefined;
          if (file === undefined || entry?.type !== 'case.noted') return err({ code: 'CASE_UNKNOWN' });
          const opened = await subjectKeys.openPersonal(tx, bodyOf('case.noted', entry).sealed);
          if (opened === undefined) return err({ code: 'PERSON_ERASED' });
          append({
            type: 'personal-data.viewed',
            stream: file.transactionId ?? file.caseId,
            officerId: signIn.officerId,
            cashSessionId: null,
            body: { what: 'case-note', count: 1, reason },
          });
          return ok({ note: notePersonalSchema.parse(opened).note });
        },
      ),

    match: async (signIn, { transactionId, decisionId, vehicle }) => {
      const matched = await journal.record(async (tx, append) => {
        const sale = await findSale(tx, cipher, transactionId);
        if (sale === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
        if (await isMatched(tx, decisionId)) return err({ code: 'CASE_SETTLED' as const });
        const { decision, standing } = await readSaleFacts(tx, journal, sale);
        const isRejected = decision?.decisionId === decisionId && decision.central === 'rejected';
        if (!isRejected || standing.cashReturned) return err({ code: 'CASE_CHANGED' as const });
        const bodyKey = await subjectKeys.findSubjectKey(tx, transactionId);
        if (bodyKey === undefined) return err({ code: 'PERSON_ERASED' as const });
        const sealed = subjectKeys.sealUnder(bodyKey, transactionId, vehicle);
        const { seq } = append({
          type: 'case.matched',
          stream: transactionId,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { matchId: newId(), transactionId, decisionId, sealed },
        });
        await insertMatch(tx, { decision_id: decisionId, seq, transaction_id: transactionId });
        return ok({});
      });
      if (matched.ok) for (const topic of ['exceptions', 'outbox'] as const) events.publish(topic);
      return matched;
    },
  };
}
