import { sql } from 'kysely';
import {
  type DayPaperContent,
  dayPaperContentSchema,
  type DayPaperFigures,
  type DayPaperSignature,
  dayPaperSignatureSchema,
  type RegionDayPaper,
} from '../../contract/day-paper.ts';
import { entryEnvelopeSchema } from '../../contract/journal-entry.ts';
import { supervisionEntryBodies } from '../../contract/entry-bodies-supervision.ts';
import type { DailyBatch } from '../../domain/daily-batch.ts';
import type { DayMatch } from '../../domain/day-match.ts';
import type { Db, Tx } from '../db/open.ts';
import { publishedPolicy } from '../feeds/published-rules.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readFindings } from './day-findings.ts';
import { keyOfDay } from './day-legs.ts';
import { matchOf } from './day-match-view.ts';
import { loadDay } from './load-day.ts';
import { matchDays } from './match-days.ts';
import { readPaperContent } from './paper-facts.ts';
import type { DayKey } from './write-days.ts';

const SHOWN_FINDINGS = 50;

/** Which of the two signatures, as it stands in `day_paper`. */
type Kind = 'close' | 'reconciliation';
const TYPES: Readonly<Record<Kind, string>> = {
  close: 'day.close-signed',
  reconciliation: 'day.reconciliation-signed',
};

/** A word that counted and signed a part. */
type SignedPart = DayKey & {
  readonly kind: Kind;
  readonly part: number;
  readonly deviceId: string;
  readonly hash: string;
  readonly supervisorId: string;
  readonly delegationId: string | null;
  readonly at: number;
  readonly note: string | null;
};

async function figuresNow(db: Db | Tx, key: DayKey, match: DayMatch): Promise<DayPaperFigures> {
  const findings = await readFindings(db, [key]);
  const { journal, legs } = matchOf(match);
  return {
    journal,
    legs,
    findings: findings
      .slice(0, SHOWN_FINDINGS)
      .map(({ kind, what, deviceNo, entryHash, at }) => ({ kind, what: what.slice(0, 160), deviceNo, entryHash, at })),
    findingsMore: Math.max(0, findings.length - SHOWN_FINDINGS),
  };
}

/** Who signed, with which device and by whose letter, in the names of that moment. */
async function signerOf(db: Db | Tx, { supervisorId, deviceId, delegationId }: SignedPart) {
  const { rows } = await sql<{
    name: string;
    deviceNo: number;
    outletId: string;
    fromName: string | null;
    letterNumber: string | null;
  }>`select coalesce(o.name, ${supervisorId}) as name, v.device_no as "deviceNo", v.outlet_id as "outletId",
      f.name as "fromName", g.letter_number as "letterNumber"
    from device v left join officer o on o.officer_id = ${supervisorId}
      left join delegation g on g.delegation_id = ${delegationId}::uuid
      left join officer f on f.officer_id = g.from_officer
    where v.device_id = ${deviceId}`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('who signed did so with a device that is known');
  const { name, deviceNo, outletId, fromName, letterNumber } = row;
  return {
    name,
    device: { deviceId, deviceNo, outletId },
    delegation: letterNumber === null ? null : { fromName: fromName ?? '', letterNumber },
  };
}

/**
 * Keeps what stands on the paper of a part under a signature that counts: from here on it is told as it was. Idempotency:
 * constraint day_paper_once.
 */
async function keepPaper(
  tx: Tx,
  signed: SignedPart,
  { batch, figures }: { readonly batch: DailyBatch; readonly figures: DayPaperFigures },
): Promise<void> {
  const { outletId, businessOn, kind, part: number, hash, supervisorId: officerId, at, note } = signed;
  const part = batch.parts.find((one) => one.number === number);
  if (part === undefined) throw new Error('a part that is signed is there');
  const signature = { officerId, ...(await signerOf(tx, signed)), at, note, entryHash: hash, ...figures };
  const content = kind === 'close' ? await readPaperContent(tx, { outletId, businessOn }, part) : undefined;
  await tx
    .insertInto('day_paper')
    .values({
      outlet_id: outletId,
      business_on: businessOn,
      part: number,
      kind,
      content: content === undefined ? null : JSON.stringify(content),
      signature: JSON.stringify(signature),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The figures under a signature in the moment in which it is applied. */
export const keepNow = async (tx: Tx, signed: SignedPart, batch: DailyBatch, match: DayMatch): Promise<void> =>
  keepPaper(tx, signed, { batch, figures: await figuresNow(tx, signed, match) });

type Kept = { readonly content: DayPaperContent | null; readonly signature: DayPaperSignature };

async function findKept(
  db: Db | Tx,
  { outletId, businessOn }: DayKey,
  part: number,
  kind: Kind,
): Promise<Kept | undefined> {
  const row = await db
    .selectFrom('day_paper')
    .select(['content', 'signature'])
    .where('outlet_id', '=', outletId)
    .where('business_on', '=', businessOn)
    .where('part', '=', part)
    .where('kind', '=', kind)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    content: row.content === null ? null : dayPaperContentSchema.parse(JSON.parse(row.content)),
    signature: dayPaperSignatureSchema.parse(JSON.parse(row.signature)),
  };
}

/** A signature from before papers were kept: its own entry says what was seen, without what explained it. */
async function keepOld(tx: Tx, key: DayKey, batch: DailyBatch, part: number, kind: Kind): Promise<void> {
  const { rows } = await sql<{
    deviceId: string;
    hash: string;
    supervisorId: string;
    delegationId: string | null;
    at: number;
    note: string | null;
    text: string;
  }>`select d.device_id as "deviceId", d.hash, d.supervisor as "supervisorId", d.delegation_id as "delegationId", d.at,
      d.note, e.text
    from day_decision d join entry e on e.device_id = d.device_id and e.hash = d.hash
    where d.outlet_id = ${key.outletId} and d.business_on = ${key.businessOn} and d.applied and d.part = ${part}
      and d.type = ${TYPES[kind]}`.execute(tx);
  const [row] = rows;
  if (row === undefined) return;
  const { text, ...word } = row;
  const { body } = entryEnvelopeSchema.parse(JSON.parse(text));
  const { journal, legs } = supervisionEntryBodies['day.close-signed'].parse(body);
  const figures = {
    journal,
    legs: legs.map((leg) => ({ ...leg, explanations: [], more: 0 })),
    findings: [],
    findingsMore: 0,
  };
  await keepPaper(tx, { ...key, ...word, kind, part }, { batch, figures });
}

async function keptOf(db: Db, key: DayKey, batch: DailyBatch, part: number, kind: Kind): Promise<Kept | undefined> {
  const kept = await findKept(db, key, part, kind);
  if (kept !== undefined) return kept;
  await db.transaction().execute((tx) => keepOld(tx, key, batch, part, kind));
  return findKept(db, key, part, kind);
}

/** The paper of a part of a day, signed or not; undefined where there is no such part. */
export async function readDayPaper(
  context: ProvinceContext,
  key: DayKey,
  number: number,
): Promise<RegionDayPaper | undefined> {
  const { db, now } = context;
  const batch = await loadDay(db, key);
  const part = batch.parts.find((one) => one.number === number);
  const matched = (await matchDays(db, [key], await publishedPolicy(db))).get(keyOfDay(key));
  if (part === undefined || matched === undefined) return undefined;
  const close = part.close === null ? undefined : await keptOf(db, key, batch, number, 'close');
  const reconciliation =
    part.reconciliation === null ? undefined : await keptOf(db, key, batch, number, 'reconciliation');
  const content = close?.content ?? (await readPaperContent(db, key, part));
  if (content === undefined) return undefined;
  const isSigned = close !== undefined && reconciliation !== undefined;
  return {
    asOf: now(),
    content,
    close: close?.signature ?? null,
    reconciliation: reconciliation?.signature ?? null,
    now: isSigned ? null : await figuresNow(db, key, matched.match),
  };
}
