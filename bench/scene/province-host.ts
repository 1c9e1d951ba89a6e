// A province for benches that need many counters: demo data, more outlets, one enrolment code for each counter, and limits
// per address that do not count (here every counter has the same one). Prints its address, then the codes.
// `node province-host.ts FOLDER COUNTERS`
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localDateAt } from '../../src/domain/local-date.ts';
import { openProvince } from '../../src/province/cli/open-province.ts';
import { makeDemoData } from '../../src/province/demo/demo-data.ts';
import { issueEnrolmentCode } from '../../src/province/enrolment/enrolment.ts';
import { buildServer } from '../../src/province/http/server.ts';

const NO_LIMIT = 1_000_000;
/** Numbers that an outlet has for its devices. */
const DEVICES_AN_OUTLET = 90;

const [folder, counters] = [process.argv[2], Number(process.argv[3])];
if (folder === undefined || !Number.isInteger(counters))
  throw new Error('a folder and a number of counters are needed');

const opened = await openProvince({
  dataFolder: folder,
  keysFolder: join(folder, 'keys'),
  documentsFolder: join(folder, 'documents'),
  databaseUrl: undefined,
});
const { context } = opened.province;
await makeDemoData(context, { vehicles: 200, seed: 1, today: localDateAt(Date.now()) });
const codes: string[] = [];
const [pattern] = await context.db.selectFrom('outlet').selectAll().limit(1).execute();
if (pattern === undefined) throw new Error('demo data has outlets');
for (let outlet = 0; codes.length < counters; outlet += 1) {
  const outletId = `3506-${String(500 + outlet)}`;
  await context.db
    .insertInto('outlet')
    .values({ ...pattern, outlet_id: outletId })
    .execute();
  for (let device = 0; device < DEVICES_AN_OUTLET && codes.length < counters; device += 1) {
    const issued = await issueEnrolmentCode(context, outletId);
    if (!issued.ok) throw new Error(issued.error);
    codes.push(issued.value.code);
  }
}
const server = await buildServer(opened.province, { enrol: NO_LIMIT, challenge: NO_LIMIT, receipts: NO_LIMIT });
const url = await server.listen({ host: '127.0.0.1', port: 0 });
writeFileSync(join(folder, 'codes.json'), JSON.stringify(codes));
process.stdout.write(`${JSON.stringify({ url, pid: process.pid })}\n`);
await new Promise<void>((done) => {
  process.once('SIGTERM', () => done());
});
const stored = await context.db
  .selectFrom('entry')
  .select((eb) => eb.fn.countAll<number>().as('count'))
  .where('verdict', '=', 'ACCEPTED')
  .executeTakeFirstOrThrow();
writeFileSync(join(folder, 'stored.json'), JSON.stringify(stored));
await server.close();
await opened.close();
