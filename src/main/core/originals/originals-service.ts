import type { z } from 'zod';
import type { NamedPerson, takerSchema } from '../../../contract/entry-bodies-documents.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type { holdingRowSchema } from '../../../contract/views-documents.ts';
import { daysBetween, type LocalDate, localDateAt } from '../../../domain/local-date.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { findOpenSession } from '../cash/cash-store.ts';
import type { Db, ReadTx, StorageRefusal } from '../db/open.ts';
import type { Appended, Journal } from '../journal/journal.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import type { EventsPort } from '../ports.ts';
import { closeHoldings, countDrawer, findHoldings, type Holding, readDrawer } from './holding-store.ts';
import { receiveOriginals } from './receive-originals.ts';

type HoldingRow = z.infer<typeof holdingRowSchema>;
type Taker = z.infer<typeof takerSchema>;

/** Whose papers a stream is about, as far as this counter may say today; an erased person has neither name nor plate. */
export type StreamCard = {
  /** Receipt, arrival or application number; null for a service that is not finished. */
  readonly number: string | null;
  readonly nrkb: string | null;
  readonly name: string | null;
  /** What a slip may say of it: a plate or a service, never a person. */
  readonly subject: string;
  /** Words for the papers of its checklist, by kind. */
  readonly labels: ReadonlyMap<string, string>;
  /** False for an abandoned service: nothing more is taken in for it. */
  readonly takesPapers: boolean;
};

/** Asks the rooms that own transactions, arrivals and applications. */
export type DescribeStream = (tx: ReadTx, stream: string) => Promise<StreamCard | undefined>;

/** A hand-over with all that its paper needs. */
export type HandOver = {
  readonly handOverId: string;
  readonly handOverNumber: string;
  readonly to: Taker;
  readonly name: string;
  readonly evidence: string;
  readonly card: StreamCard;
  readonly labels: readonly string[];
  readonly on: LocalDate;
  readonly entry: Appended;
};

export type OriginalsService = {
  readonly receive: (
    signIn: SignIn,
    stream: string,
    kinds: readonly string[],
  ) => Promise<Result<readonly string[], Refusal<'TRANSACTION_UNKNOWN' | 'DOCUMENT_KIND_UNKNOWN'> | StorageRefusal>>;
  /** The drawer with names, oldest first; the look is an entry. */
  readonly inDrawer: (signIn: SignIn) => Promise<Result<HoldingRow[], StorageRefusal>>;
  readonly count: () => Promise<number>;
  /** All of the holdings leave the drawer in one commit, or none does; they belong to one stream. */
  readonly handOver: (
    signIn: SignIn,
    asked: {
      readonly holdingIds: readonly string[];
      readonly to: Taker;
      readonly name: string;
      readonly evidence: string;
    },
  ) => Promise<Result<HandOver, Refusal<'HOLDING_UNKNOWN' | 'HOLDING_HANDED_OVER'> | StorageRefusal>>;
};

type Deps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly subjectKeys: SubjectKeys;
  readonly events: EventsPort;
  readonly today: () => LocalDate;
  readonly newId: () => string;
  readonly describe: DescribeStream;
  /** Number on the paper of the entry at a position. */
  readonly numberAt: (position: Pick<Appended, 'epoch' | 'seq'>) => string;
};

/** What is known of a stream that no room knows any more: nothing, and that is said. */
const NOBODY: StreamCard = {
  number: null,
  nrkb: null,
  name: null,
  subject: '',
  labels: new Map(),
  takesPapers: false,
};

const labelOf = (card: StreamCard, kind: string): string => card.labels.get(kind) ?? kind;

export function createOriginalsService(deps: Deps): OriginalsService {
  const { db, journal, subjectKeys, events, describe } = deps;

  const cardsOf = async (tx: ReadTx, holdings: readonly Holding[]): Promise<ReadonlyMap<string, StreamCard>> => {
    const cards = new Map<string, StreamCard>();
    for (const { stream } of holdings) {
      if (!cards.has(stream)) cards.set(stream, (await describe(tx, stream)) ?? NOBODY);
    }
    return cards;
  };

  const rowOf = (holding: Holding, card: StreamCard): HoldingRow => ({
    holdingId: holding.holdingId,
    stream: holding.stream,
    kind: holding.kind,
    label: labelOf(card, holding.kind),
    number: card.number,
    nrkb: card.nrkb,
    name: card.name,
    receivedAt: holding.receivedAt,
    days: Math.max(0, daysBetween(localDateAt(holding.receivedAt), deps.today())),
  });

  return {
    receive: async (signIn, stream, kinds) => {
      const received = await journal.record(async (tx, append) => {
        const card = await describe(tx, stream);
        if (card === undefined || !card.takesPapers) return err({ code: 'TRANSACTION_UNKNOWN' as const });
        const unknown = kinds.findIndex((kind) => !card.labels.has(kind));
        if (unknown !== -1) return err({ code: 'DOCUMENT_KIND_UNKNOWN' as const, path: ['kinds', String(unknown)] });
        return ok(await receiveOriginals(tx, append, { stream, kinds, officerId: signIn.officerId }, deps.newId));
      });
      if (received.ok) events.publish('applications');
      return received;
    },

    inDrawer: (signIn) =>
      journal.record(async (tx, append) => {
        const holdings = await readDrawer(tx);
        const cards = await cardsOf(tx, holdings);
        const rows = holdings.map((one) => rowOf(one, cards.get(one.stream) ?? NOBODY));
        const named = [...cards.values()].filter((card) => card.name !== null || card.nrkb !== null).length;
        if (named > 0) {
          append({
            type: 'personal-data.viewed',
            stream: signIn.stream,
            officerId: signIn.officerId,
            cashSessionId: null,
            body: { what: 'drawer', count: named },
          });
        }
        return ok(rows);
      }),

    count: () => db.read(countDrawer),

    handOver: async (signIn, { holdingIds, to, name, evidence }) => {
      const handed = await journal.record(async (tx, append) => {
        const asked = [...new Set(holdingIds)];
        const found = await findHoldings(tx, asked);
        const [first] = found;
        // Papers of two citizens are two hand-overs: each signs for his own.
        const isOneStream = found.every((one) => one.stream === first?.stream);
        if (first === undefined || found.length < asked.length || !isOneStream) {
          return err({ code: 'HOLDING_UNKNOWN' as const, path: ['holdingIds'] });
        }
        if (found.some((one) => one.handOverId !== null)) {
          return err({ code: 'HOLDING_HANDED_OVER' as const, path: ['holdingIds'] });
        }
        const { stream } = first;
        const card = (await describe(tx, stream)) ?? NOBODY;
        const handOverId = deps.newId();
        const kinds = asked.flatMap((id) => found.find((one) => one.holdingId === id)?.kind ?? []);
        const person: NamedPerson = { name, phone: null, nrkb: card.nrkb };
        const sealed = subjectKeys.sealUnder(await subjectKeys.takeBodyKey(tx, stream), stream, person);
        const entry = append({
          type: 'originals.handed-over',
          stream,
          officerId: signIn.officerId,
          cashSessionId: (await findOpenSession(tx))?.cashSessionId ?? null,
          body: (position) => ({
            handOverId,
            handOverNumber: deps.numberAt(position),
            holdingIds: asked,
            kinds,
            to,
            evidence,
            sealed,
          }),
        });
        await closeHoldings(tx, asked, handOverId, entry.wallMs);
        return ok<HandOver>({
          handOverId,
          handOverNumber: deps.numberAt(entry),
          to,
          name,
          evidence,
          card,
          labels: kinds.map((kind) => labelOf(card, kind)),
          on: deps.today(),
          entry,
        });
      });
      if (handed.ok) events.publish('applications');
      return handed;
    },
  };
}
