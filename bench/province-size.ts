// What a sale weighs at the province, for the arithmetic of growth in docs/operations.md: bytes on the line and bytes in
// PostgreSQL for each table, from sales that went the whole way (pushed with the entries that a counter writes beside a
// sale, booked, receipt issued, payer told), and how long a push and a booking take. Run: `npm run bench -- province-size`.
// `node bench/province-size.ts [--sales 400]`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { vehicleRecordSchema } from '../src/contract/feeds.ts';
import { localDateAt } from '../src/domain/local-date.ts';
import { bookAllDue } from '../src/province/booking/booking-worker.ts';
import { openProvince } from '../src/province/cli/open-province.ts';
import type { Db } from '../src/province/db/open.ts';
import { makeDemoData } from '../src/province/demo/demo-data.ts';
import { issueEnrolmentCode } from '../src/province/enrolment/enrolment.ts';
import { publishedRules } from '../src/province/feeds/published-rules.ts';
import { buildServer } from '../src/province/http/server.ts';
import { importVehicles } from '../src/province/registry/vehicle-import.ts';
import { TestDevice } from '../tests/support/test-device.ts';
import { makeSale } from '../tests/support/test-sale.ts';
import { figuresOf, machine, printer, timed } from './scene/figures.ts';

const { values } = parseArgs({ options: { sales: { type: 'string', default: '400' } } });
const sales = Number(values.sales);
const SALES_A_PUSH = 40;
const print = printer('province-size');
const folder = mkdtempSync(join(tmpdir(), 'loket-size-'));
const keysFolder = join(folder, 'keys');
const opened = await openProvince(
  { dataFolder: folder, keysFolder, documentsFolder: join(folder, 'documents'), databaseUrl: undefined },
  { bookingDelayMs: 0 },
);
const { context } = opened.province;
const today = localDateAt(Date.now());

/** Bytes of each table with its indexes and what lies beside it, without dead rows. */
async function sizes(db: Db): Promise<ReadonlyMap<string, number>> {
  await sql`vacuum (full, analyze)`.execute(db);
  const { rows } = await sql<{ name: string; bytes: number }>`
    select relname as name, pg_total_relation_size(oid) as bytes from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace`.execute(db);
  return new Map(rows.map(({ name, bytes }) => [name, bytes]));
}

try {
  await makeDemoData(context, { vehicles: 200, seed: 1, today });
  const plain = await context.db
    .selectFrom('core_vehicle')
    .select('record')
    .where('nrkb', '=', 'AG 2345 KD')
    .executeTakeFirstOrThrow();
  const record = vehicleRecordSchema.parse(plain.record);
  const vehicles = Array.from({ length: sales }, (_, index) => ({
    ...record,
    vehicleId: uuidV7(),
    nrkb: `AG ${String(1000 + index)} ZX`,
  }));
  await context.db.transaction().execute((tx) =>
    importVehicles(
      tx,
      vehicles.map((one) => ({ record: one, published: null, holdReason: null })),
    ),
  );
  const server = await buildServer(opened.province);
  const issued = await issueEnrolmentCode(context, '3506-017');
  if (!issued.ok) throw new Error(issued.error);
  const device = await TestDevice.enrol(server, issued.value.code);
  const rules = await publishedRules(context.db);
  const before = await sizes(context.db);
  const [pushes, line]: [number[], { plain: number; packed: number }] = [[], { plain: 0, packed: 0 }];
  for (let sold = 0; sold < sales; sold += SALES_A_PUSH) {
    const from = device.chain.length;
    for (const vehicle of vehicles.slice(sold, sold + SALES_A_PUSH)) {
      const jobId = uuidV7();
      device.append({ type: 'personal-data.viewed', body: { what: 'owner-name', count: 1 } });
      makeSale(device, vehicle, { paidOn: today, rules });
      const paper = { kind: 'receipt', copyNo: 0, reason: null, printer: 'usb:0', paperHash: 'A'.repeat(43) };
      device.append({ type: 'print.requested', body: { jobId, ...paper } });
      device.append({ type: 'print.settled', body: { jobId, result: 'printed', detail: null } });
    }
    const entries = device.chain.slice(from);
    const request = { entries, subjectKeys: await device.subjectKeys(), damaged: [] };
    device.bodyKeys.clear();
    const text = JSON.stringify(request);
    line.plain += text.length;
    line.packed += gzipSync(text).length;
    pushes.push((await timed(() => device.request('POST', '/v1/push', request, { gzip: true }))).ms);
  }
  const booking = await timed(() => bookAllDue(opened.province));
  const after = await sizes(context.db);
  const perSale = (bytes: number): number => Math.round(bytes / sales);
  const tables = [...after].map(([name, bytes]) => [name, perSale(bytes - (before.get(name) ?? 0))] as const);
  const grown = tables.filter(([, bytes]) => bytes > 0);
  print({ what: 'machine', ...machine() });
  print({ what: 'sales', sales, booked: booking.value, entriesPerSale: device.chain.length / sales });
  const signed = device.chain.reduce((sum, entry) => sum + entry.text.length, 0);
  print({
    what: 'line',
    unit: 'bytes per sale',
    signed: perSale(signed),
    plain: perSale(line.plain),
    gzip: perSale(line.packed),
  });
  print({
    what: 'disk',
    unit: 'bytes per sale',
    total: grown.reduce((sum, [, bytes]) => sum + bytes, 0),
    tables: Object.fromEntries(grown),
  });
  print({ what: 'push', unit: 'ms', entries: SALES_A_PUSH * 4, ...figuresOf(pushes) });
  print({ what: 'booking', unit: 'ms per sale', mean: Math.round((booking.ms / sales) * 10) / 10 });
  await server.close();
  process.exitCode = booking.value === sales ? 0 : 2;
} finally {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
}
