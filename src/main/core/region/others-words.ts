import { z } from 'zod';
import type { QueueItem } from '../../../contract/region.ts';
import { type DecidedByOther, regionDecidedAnswerSchema } from '../../../contract/region-words.ts';
import { type OthersWord, othersWordSchema } from '../../../contract/views-region.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, ReadTx, StorageRefusal } from '../db/open.ts';
import type { WriteTx } from '../db/tx.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { EventsPort, LogPort } from '../ports.ts';
import type { RegionLine } from '../sync/region-line.ts';
import { keptRegion, type KeptRegion } from './kept-region.ts';
import { putPage, readPages, readSupervisors } from './region-page-store.ts';

/** Kept beside the answers of questions, and dropped with them. */
const QUESTION = 'decided';
const MOST = 200;
/** A word that was told is known by its hash for so long; the province tells its newest again for half a minute. */
const KNOWN_MS = 86_400_000;

const heldSchema = z.object({
  /** Where the next question goes on; null before the first. */
  next: z.string().nullable(),
  /** What was told, oldest first; `open` stands on the screens until he takes note of it. */
  told: z.array(othersWordSchema.extend({ open: z.boolean(), toldAt: z.int() })),
});
type Held = z.infer<typeof heldSchema>;
type Told = Held['told'][number];

const NOTHING: Held = { next: null, told: [] };

/** What other supervisors decided of what this one sees: told to him without his asking, until he has taken note of it. */
export type OthersWords = {
  readonly understood: (signIn: SignIn, hashes: readonly string[]) => Promise<Result<void, StorageRefusal>>;
  /** After each contact; nobody needs to be signed in. */
  readonly ask: () => Promise<void>;
};

async function readHeld(tx: ReadTx, cipher: ColumnCipher, supervisorId: string): Promise<Held & { sweep: number }> {
  const [page] = await readPages(tx, cipher, { supervisorId, question: QUESTION });
  if (page === undefined) return { ...NOTHING, sweep: 0 };
  return { ...heldSchema.parse(JSON.parse(page.text)), sweep: page.sweep };
}

/** Others' decisions that he has not taken note of, the newest first. */
export async function readOthersWords(tx: ReadTx, cipher: ColumnCipher, supervisorId: string): Promise<OthersWord[]> {
  const { told } = await readHeld(tx, cipher, supervisorId);
  return told.flatMap(({ open, toldAt: _toldAt, ...word }) => (open ? [word] : [])).toReversed();
}

async function waitedHere(kept: KeptRegion, { kind, subject }: DecidedByOther): Promise<QueueItem | null> {
  for (const list of [await kept.queue(null), await kept.queue(kind)]) {
    const found = list.rows.find(({ row }) => row.kind === kind && row.subject === subject);
    if (found !== undefined) return found.row;
  }
  return null;
}

async function isDayHere(kept: KeptRegion, { outletId, businessOn }: DecidedByOther): Promise<boolean> {
  if (businessOn === null) return false;
  const { day } = await kept.day({ outletId, businessOn });
  return day !== null || (await kept.summaries({ outletId, businessOn })).length > 0;
}

/** What somebody else decided of something that never stood here is no news; it is only known from then on. */
async function toldHere(kept: KeptRegion, word: DecidedByOther, toldAt: number): Promise<Told> {
  const waited = word.kind === null ? null : await waitedHere(kept, word);
  return { ...word, waited, toldAt, open: waited !== null || (await isDayHere(kept, word)) };
}

export function createOthersWords(deps: {
  readonly db: Db;
  readonly cipher: ColumnCipher;
  readonly events: EventsPort;
  readonly log: LogPort;
  readonly line: RegionLine;
  readonly now: () => number;
}): OthersWords {
  const { db, cipher, events, log, line, now } = deps;
  /** Whom the province does not answer any more, or never could: not asked again until the program starts anew. */
  const ended = new Set<string>();

  const hold = (tx: WriteTx, supervisorId: string, { sweep, next, told }: Held & { sweep: number }): Promise<void> => {
    const since = now() - KNOWN_MS;
    const kept = told.filter(({ open, toldAt }) => open || toldAt > since).slice(-MOST * 2);
    const asked = { supervisorId, question: QUESTION };
    const text = JSON.stringify({ next, told: kept } satisfies Held);
    return putPage(tx, cipher, asked, { sweep: sweep + 1, page: 0, loadedAt: now(), next: null, text });
  };

  const askFor = async (supervisorId: string): Promise<void> => {
    const before = await db.read((tx) => readHeld(tx, cipher, supervisorId));
    const body = { supervisorId, cursor: before.next };
    const answer = await line.askNow({ path: '/v1/region/decided', body, schema: regionDecidedAnswerSchema });
    if (!answer.ok) {
      const { code } = answer.error;
      if (code === 'REGION_NOT_APPOINTED' || code === 'PROVINCE_REFUSED') ended.add(supervisorId);
      log.write('warn', 'region.decided', { code });
      return;
    }
    const { decided, next } = answer.value;
    const known = new Set(before.told.map(({ hash }) => hash));
    const fresh = decided.filter(({ hash }) => !known.has(hash));
    if (fresh.length === 0 && next === before.next) return;
    const written = await db.write(async (tx) => {
      // What he took note of while the line was asked stays so.
      const held = await readHeld(tx, cipher, supervisorId);
      const kept = keptRegion(tx, cipher, supervisorId);
      const told: Told[] = [];
      for (const word of fresh) told.push(await toldHere(kept, word, now()));
      await hold(tx, supervisorId, { sweep: held.sweep, next, told: [...held.told, ...told] });
      return ok(told.some(({ open }) => open));
    });
    if (!written.ok) log.write('error', 'region.decided', { code: written.error.code });
    else if (written.value) events.publish('region');
  };

  return {
    understood: async ({ officerId }, hashes) => {
      const noted = await db.write(async (tx) => {
        const held = await readHeld(tx, cipher, officerId);
        const told = held.told.map((word) => (hashes.includes(word.hash) ? { ...word, open: false } : word));
        await hold(tx, officerId, { ...held, told });
        return ok(undefined);
      });
      if (noted.ok) events.publish('region');
      return noted;
    },
    ask: async () => {
      for (const supervisorId of await db.read(readSupervisors)) {
        if (!ended.has(supervisorId)) await askFor(supervisorId);
      }
    },
  };
}
