import { sql } from 'kysely';
import { z } from 'zod';
import { servicePackSchema } from '../../contract/service-pack.ts';
import type { Db } from '../db/open.ts';
import { readFeedItems } from '../feeds/feed-items.ts';
import type { ProvinceContext } from '../province-context.ts';
import { removeErasedBytes } from './erased-bytes.ts';

/** Classes of papers by how long their pages are kept; the service packs say which paper is of which class. */
export const RETENTION_CLASSES = ['identity', 'vehicle', 'authority', 'other'] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];
export type RetentionDays = Readonly<Record<RetentionClass, number>>;

const DAY_MS = 86_400_000;
const SETTING = 'page-retention-days';

/**
 * A claim to a tax lapses after five years (facts, section 11): until then papers of the vehicle and of who acted for whom
 * may be asked for. A copy of an identity card proves nothing about the tax after the year in which it was paid.
 */
const DEFAULT_DAYS: RetentionDays = { identity: 365, vehicle: 1826, authority: 1826, other: 365 };

const daysSchema = z.object({
  identity: z.int().min(1),
  vehicle: z.int().min(1),
  authority: z.int().min(1),
  other: z.int().min(1),
});

/** Papers whose class is known without a pack. */
const KNOWN_KINDS: Readonly<Record<string, RetentionClass>> = {
  stnk: 'vehicle',
  'last-notice': 'vehicle',
  'leasing-letter': 'vehicle',
  'owner-ktp': 'identity',
  'representative-ktp': 'identity',
  'power-of-attorney': 'authority',
  'company-letter': 'authority',
};

/** Days by class as they are set now. */
export async function retentionDays(db: Db): Promise<RetentionDays> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', SETTING).executeTakeFirst();
  return row === undefined ? DEFAULT_DAYS : daysSchema.parse(JSON.parse(row.value));
}

export async function setRetentionDays(db: Db, days: RetentionDays): Promise<void> {
  const value = JSON.stringify(daysSchema.parse(days));
  await db
    .insertInto('meta')
    .values({ key: SETTING, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** Class of each kind of paper: what the newest packs say, else what is known of it; the shorter one where two packs differ. */
async function classesOf(db: Db, days: RetentionDays): Promise<ReadonlyMap<string, RetentionClass>> {
  const classes = new Map<string, RetentionClass>(Object.entries(KNOWN_KINDS));
  const newest = new Map<string, z.infer<typeof servicePackSchema>>();
  for (const item of await readFeedItems(db, 'services', 'all')) {
    const pack = servicePackSchema.safeParse(item).data;
    if (pack !== undefined) newest.set(pack.serviceId, pack);
  }
  const said = new Map<string, RetentionClass>();
  for (const { kind, retention } of [...newest.values()].flatMap((pack) => pack.documents)) {
    const before = said.get(kind);
    if (before === undefined || days[retention] < days[before]) said.set(kind, retention);
  }
  for (const [kind, retention] of said) classes.set(kind, retention);
  return classes;
}

/** Pages of each class whose days are over; counts only. */
export type RetentionCounts = Readonly<Record<RetentionClass, number>>;

/**
 * Erases the keys of pages whose days are over, and removes their ciphertexts; `dryRun` only counts. What a sale says of
 * its papers stays: the journal is kept ten years and more, without pictures.
 */
export async function runRetention(
  context: ProvinceContext,
  { dryRun }: { readonly dryRun: boolean },
): Promise<RetentionCounts> {
  const { db, now } = context;
  const days = await retentionDays(db);
  const classes = await classesOf(db, days);
  const counts = { identity: 0, vehicle: 0, authority: 0, other: 0 };
  const { rows: kinds } = await sql<{ kind: string }>`select distinct kind from document`.execute(db);
  for (const { kind } of kinds) {
    const retention = classes.get(kind) ?? 'other';
    const before = now() - days[retention] * DAY_MS;
    const over = sql`select k.device_id, k.document_id from document_key k
      join document d on d.device_id = k.device_id and d.document_id = k.document_id
      where d.kind = ${kind} and d.received_at < ${before}::bigint`;
    const { rows } = dryRun
      ? await sql<{ count: number }>`select count(*) as count from (${over}) o`.execute(db)
      : await sql<{ count: number }>`with gone as (
            delete from document_key k using (${over}) o
            where k.device_id = o.device_id and k.document_id = o.document_id returning k.device_id, k.document_id),
          noted as (insert into document_erasure (device_id, document_id, cause, erased_at)
            select device_id, document_id, 'retention', ${now()}::bigint from gone on conflict do nothing)
          select count(*) as count from gone`.execute(db);
    counts[retention] += rows[0]?.count ?? 0;
  }
  if (!dryRun) {
    while ((await removeErasedBytes(context)) > 0);
    context.log('info', 'RETENTION', counts);
  }
  return counts;
}
