import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { z } from 'zod';
import { entryEnvelopeSchema } from '../../contract/journal-entry.ts';
import { sealedBodySchema } from '../../contract/primitives.ts';
import { type LocalDate, localDateAt } from '../../domain/local-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { openUnder, type PersonalProblem } from '../booking/read-sale.ts';
import { noteIncidents } from '../ingest/incidents.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readHoles, type SeqRange } from './custody-figures.ts';

/** Whose data: what one device kept, from one day to another (both included, by the clock of the device). */
export type AffectedQuery = { readonly deviceId: string; readonly from: LocalDate; readonly to: LocalDate };

/** One entry of the journal that holds a person, still sealed. */
type PersonalEntry = {
  readonly type: string;
  readonly stream: string;
  readonly number: string | null;
  readonly on: LocalDate;
  readonly sealed: z.infer<typeof sealedBodySchema>;
};

export type AffectedFigures = {
  readonly outletId: string;
  /** Services, applications, tickets: each has at least one person. */
  readonly streams: number;
  readonly entriesByType: Readonly<Record<string, number>>;
  /** Streams of which pages of papers (KTP, STNK) were taken. */
  readonly streamsWithPages: number;
  /** Vehicles of the sealed register that the computer carried. */
  readonly registerVehicles: number;
  /** Places of the journal that never came: whoever is in them is in no list yet. */
  readonly missing: readonly SeqRange[];
  /** What the device said, at its last contact, that it had not sent; null when it never said. */
  readonly unsentAtLastContact: number | null;
};

/** What the computer held of one entry's person; `problem` says why the person cannot be named. */
export type AffectedPerson = Omit<PersonalEntry, 'sealed'> & {
  readonly personal: Readonly<Record<string, unknown>>;
  readonly pages: number;
  readonly problem: PersonalProblem | 'ERASED' | null;
};

const MOST_RANGES = 100;
const PAGE = 500;

const personalBodySchema = z.looseObject({ sealed: sealedBodySchema });
const rowSchema = z.object({ n: z.coerce.number(), nonce: z.string(), seq: z.coerce.number(), text: z.string() });

function personalEntry(text: string): PersonalEntry | undefined {
  const { type, stream, wallMs, body } = entryEnvelopeSchema.parse(JSON.parse(text));
  const found = personalBodySchema.safeParse(body);
  if (!found.success) return undefined;
  const number = Object.entries(body).find(([name, value]) => name.endsWith('Number') && typeof value === 'string');
  return {
    type,
    stream,
    number: number === undefined ? null : String(number[1]),
    on: localDateAt(wallMs),
    sealed: found.data.sealed,
  };
}

/** Every entry in custody that holds a person, in the order of the journal; some hundred rows are held at a time. */
async function* personalEntries(
  { db }: ProvinceContext,
  { deviceId, from, to }: AffectedQuery,
): AsyncGenerator<PersonalEntry> {
  for (let after = { n: -1, nonce: '', seq: 0 }; ; ) {
    const { rows } = await sql`
      select epoch_n as n, epoch_nonce as nonce, seq, text from entry
      where device_id = ${deviceId} and text like ${'%"sealed":{%'}
        and (epoch_n, epoch_nonce, seq) > (${after.n}, ${after.nonce}, ${after.seq})
      order by epoch_n, epoch_nonce, seq limit ${PAGE}`.execute(db);
    const page = z.array(rowSchema).parse(rows);
    for (const row of page) {
      const entry = personalEntry(row.text);
      if (entry !== undefined && entry.on >= from && entry.on <= to) yield entry;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last;
  }
}

/** Pages of papers that the device took, by stream. */
async function pagesByStream({ db }: ProvinceContext, deviceId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('captured_page')
    .select(['stream', (eb) => eb.fn.countAll<number>().as('count')])
    .where('device_id', '=', deviceId)
    .groupBy('stream')
    .execute();
  return new Map(rows.map(({ stream, count }) => [stream, Number(count)]));
}

async function registerVehicles({ db }: ProvinceContext, outletId: string): Promise<number> {
  const row = await db
    .selectFrom('core_vehicle')
    .innerJoin('outlet', (join) => join.on('outlet.outlet_id', '=', outletId))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(sql<boolean>`core_vehicle.area = any(outlet.areas)`)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** How many people a computer knew, without opening anything: it may be asked by anybody who runs the province. */
export async function countAffected(
  context: ProvinceContext,
  query: AffectedQuery,
): Promise<Result<AffectedFigures, 'DEVICE_UNKNOWN'>> {
  const device = await context.db
    .selectFrom('device')
    .select(['outlet_id', 'unsent'])
    .where('device_id', '=', query.deviceId)
    .executeTakeFirst();
  if (device === undefined) return err('DEVICE_UNKNOWN');
  const pages = await pagesByStream(context, query.deviceId);
  const streams = new Set<string>();
  const entriesByType: Record<string, number> = {};
  for await (const { type, stream } of personalEntries(context, query)) {
    streams.add(stream);
    entriesByType[type] = (entriesByType[type] ?? 0) + 1;
  }
  return ok({
    outletId: device.outlet_id,
    streams: streams.size,
    entriesByType,
    streamsWithPages: [...streams].filter((stream) => pages.has(stream)).length,
    registerVehicles: await registerVehicles(context, device.outlet_id),
    missing: await readHoles(context.db, query.deviceId, MOST_RANGES),
    unsentAtLastContact: device.unsent,
  });
}

async function erasedSubjects({ db }: ProvinceContext, deviceId: string): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('erased_subject').select('subject').where('device_id', '=', deviceId).execute();
  return new Set(rows.map(({ subject }) => subject));
}

/**
 * Opens what a computer knew of its citizens, for those who must write to them within three days (UU 27/2022, 46). Each
 * opening is recorded with who and why before the list is handed out, also one that named nobody.
 */
export async function listAffected(
  context: ProvinceContext,
  query: AffectedQuery,
  look: { readonly by: string; readonly reason: string },
): Promise<readonly AffectedPerson[]> {
  const [pages, erased] = [await pagesByStream(context, query.deviceId), await erasedSubjects(context, query.deviceId)];
  const persons: AffectedPerson[] = [];
  for await (const { sealed, ...entry } of personalEntries(context, query)) {
    const isErased = erased.has(sealed.subject);
    const opened = isErased
      ? err('ERASED' as const)
      : await openUnder(context.db, context.keys, query.deviceId, sealed, z.record(z.string(), z.unknown()));
    persons.push({
      ...entry,
      personal: opened.ok ? opened.value : {},
      pages: pages.get(entry.stream) ?? 0,
      problem: opened.ok ? null : opened.error,
    });
  }
  const facts = { ...look, from: query.from, to: query.to, entries: persons.length };
  const at = context.now();
  const evidence = uuidV7({ msecs: at });
  await noteIncidents(context.db, query.deviceId, [{ kind: 'PERSONS_LISTED', evidence, facts }], at);
  context.log('warn', 'PERSONS_LISTED', { device: query.deviceId, entries: persons.length });
  return persons;
}
