// A bank's statement of 10,000 lines for 60 outlets: read, matched with the counters' deposits, confirmed, and put into the
// counters' feeds, in one transaction on PostgreSQL; beside it a bare insert of as many rows, and the same for 1,000 lines.
// Run: `npm run bench -- statement`. `node bench/statement.ts [--lines 10000] [--outlets 60] [--seed 1]`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { addDays, localDateAt } from '../src/domain/local-date.ts';
import { openProvince } from '../src/province/cli/open-province.ts';
import type { ProvinceContext } from '../src/province/province-context.ts';
import { statementMappingSchema } from '../src/province/statements/statement-mapping.ts';
import { saveShape, takeStatement } from '../src/province/statements/take-statement.ts';
import { createSeededRandom } from '../tests/support/seeded-random.ts';
import { machine, printer, timed } from './scene/figures.ts';

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '10000' },
    outlets: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
  },
});
const [lines, outlets] = [Number(values.lines), Number(values.outlets)];
const print = printer('statement');
/** Limit of the whole, ms. */
const AT_MOST_MS = 5_000;
/** Shares of lines that name no slip, and of those that no deposit explains. */
const [WITHOUT_SLIP, FOREIGN] = [0.1, 0.05];
const SHAPE = statementMappingSchema.parse({
  ...{ encoding: 'utf-8', delimiter: ';', headRow: 1, date: 'Tanggal', dateForm: 'yyyy-mm-dd' },
  ...{ money: { kind: 'credit-column', credit: 'Kredit' }, thousands: '.', decimal: ',', texts: ['Keterangan'] },
});

type Deposit = { readonly id: string; readonly outlet: number; readonly amount: number; readonly slip: string };
type Day = ReturnType<typeof localDateAt>;
const random = createSeededRandom(values.seed);
const whole = (most: number): number => Math.floor(random.fraction() * most);

async function addDevices({ db }: ProvinceContext): Promise<readonly string[]> {
  const devices = Array.from({ length: outlets }, () => uuidV7());
  for (const [at, deviceId] of devices.entries()) {
    const outletId = `3506-${String(500 + at)}`;
    const area = sql<string[]>`array['AG']`;
    await db
      .insertInto('outlet')
      .values({ outlet_id: outletId, name: outletId, address: '-', regency: '3506', areas: area })
      .execute();
    await db
      .insertInto('device')
      .values({
        ...{ device_id: deviceId, outlet_id: outletId, device_no: 1, signing_key: deviceId, sealing_key: '-' },
        ...{ key_id: deviceId, certificate: '{}', enrolled_at: 1, revoked_at: null, last_contact_at: null },
        ...{ app_version: null, unsent: null, said_n: null, said_nonce: null, said_seq: null, cloned_at: null },
        lost_through: null,
      })
      .execute();
  }
  return devices;
}

/** Deposits of sixty days, and the statement that the bank makes of them. */
async function makeDay(context: ProvinceContext, devices: readonly string[], bank: string, count: number) {
  const today = localDateAt(context.now());
  const deposits: (Deposit & { readonly on: Day })[] = Array.from({ length: count }, (_, at) => ({
    id: uuidV7(),
    outlet: at % outlets,
    amount: 100_000 + whole(40_000) * 500,
    slip: `STS-${String(at).padStart(6, '0')}`,
    on: addDays(today, -(5 + whole(55))),
  }));
  for (let from = 0; from < count; from += 500) {
    const rows = deposits.slice(from, from + 500).map(({ id, outlet, amount, slip, on }) => ({
      ...{ device_id: devices[outlet] ?? '', deposit_id: id, hash: id, amount, deposited_on: on, bank },
      ...{ slip_number: slip, dispatch_id: null, received_at: 1 },
    }));
    await context.db.insertInto('deposit').values(rows).execute();
  }
  const rows = deposits.map(({ amount, slip, on }) => {
    const what = random.fraction();
    const text =
      what < FOREIGN ? `BUNGA ${whole(1e9)}` : what < FOREIGN + WITHOUT_SLIP ? 'SETOR TUNAI' : `SETOR ${slip}`;
    return `${addDays(on, 1)};${text};${what < FOREIGN ? whole(9_000) + 1 : amount},00`;
  });
  return new TextEncoder().encode(['Tanggal;Keterangan;Kredit', ...rows].join('\r\n'));
}

async function measure(context: ProvinceContext, devices: readonly string[], count: number): Promise<number> {
  const bank = `Bank ${count}`;
  await saveShape(context, bank, SHAPE, 'bench');
  const bytes = await makeDay(context, devices, bank, count);
  const before = process.cpuUsage();
  const { value: taken, ms } = await timed(() => takeStatement(context, { bank, bytes, saidBy: 'bench' }));
  const cpu = process.cpuUsage(before);
  if (!taken.ok) throw new Error(JSON.stringify(taken.error));
  const { matched, confirmed, openCredits, openDeposits } = taken.value;
  print({
    ...{ what: 'statement', lines: count, ms: Math.round(ms), cpuMs: Math.round((cpu.user + cpu.system) / 1000) },
    ...{ matched, confirmed, openCredits: openCredits.length, openDeposits: openDeposits.length },
  });
  return ms;
}

async function bareInsert({ db }: ProvinceContext, count: number): Promise<number> {
  await sql`create temp table bare (id text primary key, amount bigint not null, text text not null)`.execute(db);
  const { ms } = await timed(async () => {
    for (let from = 0; from < count; from += 500) {
      const ids = Array.from({ length: Math.min(500, count - from) }, (_, at) => `${from + at}`);
      await sql`insert into bare select id, 1, id from unnest(${ids}::text[]) id`.execute(db);
    }
  });
  return ms;
}

const folder = mkdtempSync(join(tmpdir(), 'loket-bench-statement-'));
const opened = await openProvince({
  dataFolder: folder,
  keysFolder: join(folder, 'keys'),
  documentsFolder: join(folder, 'documents'),
  databaseUrl: undefined,
});
try {
  print({ what: 'machine', ...machine(), seed: values.seed });
  const { context } = opened.province;
  const devices = await addDevices(context);
  const small = await measure(context, devices, Math.max(1, Math.round(lines / 10)));
  const large = await measure(context, devices, lines);
  const bare = await context.db.connection().execute((db) => bareInsert({ ...context, db }, lines));
  const [perTenfold, ofBare] = [Math.round((large / small) * 10) / 10, Math.round((large / bare) * 10) / 10];
  print({ what: 'growth', perTenfold, bareInsertMs: Math.round(bare), ofBare, atMostMs: AT_MOST_MS });
  process.exitCode = large <= AT_MOST_MS ? 0 : 2;
} finally {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
}
