import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { backupData } from '../../src/main/core/inspect.ts';
import { confirmed, enterAs, openForBusiness, sync } from '../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../support/enrolled-counter.ts';
import { valueOf } from '../support/opened-database.ts';
import { expectNowhere, filesBelow, traces } from '../support/planted.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { TEST_MORNING, type TestCounter } from '../support/test-counter.ts';
import { keptFile, takenIn, wholePage } from '../support/test-pages.ts';

const PLATE = 'AG 2345 KD';
/** Planted wherever a person can be named beside a sale: none of them may stand in clear on any disk but the citizen's. */
const PLANTED = {
  nik: '3506014107850009',
  owner: 'Sulastri Tertanam',
  plate: 'AG 7391 QZX',
  chassis: 'MH1PLANTED0012345',
  engine: 'PLNTD1E0098765',
  applicant: 'Pemohon Rahasiawati',
  phone: '0812-5555-0199',
  address: 'Jalan Tersembunyi Nomor Delapan',
  taker: 'Pengambil Senyapno',
  waiting: 'Antre Diamwati',
} as const;
const ALL = Object.values(PLANTED);

/** A picture that says everything in what is not its pixels: description, camera, comment, and bytes behind its end. */
async function tellingPicture(shade: number): Promise<Buffer> {
  const text = `${PLANTED.nik} ${PLANTED.owner} ${PLANTED.plate} ${PLANTED.chassis} ${PLANTED.engine}`;
  const lines = Array.from(
    { length: 8 },
    (_, at) => `<rect x="60" y="${String(60 + at * 60)}" width="${String(200 + ((at * shade) % 400))}" height="24"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><rect width="800" height="600" fill="#${String(shade).repeat(3)}f"/>${lines.join('')}</svg>`;
  const exif = { IFD0: { ImageDescription: text, Artist: PLANTED.owner }, IFD3: { GPSLatitude: '7/1 50/1 0/1' } };
  const jpeg = await sharp(Buffer.from(svg)).withExif(exif).jpeg().toBuffer();
  const size = Buffer.alloc(2);
  size.writeUInt16BE(text.length + 2);
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe]), size, Buffer.from(text)]);
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2), Buffer.from(text)]);
}

/** A scan whose very name says whose it is. */
async function keptScan(counter: TestCounter, stream: string, scans: string): Promise<void> {
  const name = `STNK ${PLANTED.plate} ${PLANTED.owner}.jpg`;
  mkdirSync(scans, { recursive: true });
  writeFileSync(join(scans, name), await tellingPicture(7));
  const old = new Date(TEST_MORNING - 3_600_000);
  utimesSync(join(scans, name), old, old);
  await counter.get('documents.set-scan-folder', { folder: scans });
  const { files } = await counter.get('documents.scans', {});
  expect(files.map(({ file }) => file)).toEqual([name]);
  const { intakeId } = await counter.get('documents.take-scan', { stream, file: name });
  await counter.get('documents.look', { intakeId });
  await counter.get('documents.keep', wholePage(intakeId, 'owner-ktp', { evenIfRepeated: true }));
  expect(existsSync(join(scans, name))).toBe(false);
}

async function receivedApplication(counter: TestCounter): Promise<void> {
  const { applicationId } = await counter.get('applications.begin', { serviceId: 'address-change' });
  const view = await counter.get('applications.change', {
    applicationId,
    applicant: { name: PLANTED.applicant, phone: PLANTED.phone, isSubject: true },
    nrkb: PLANTED.plate,
    fields: { newAddress: PLANTED.address, newRegency: '3506' },
    documents: [{ kind: 'stnk', present: true, held: true }],
  });
  expect(view.applicant.name).toBe(PLANTED.applicant);
  await keptFile(counter, applicationId, await tellingPicture(3), 'stnk');
  await counter.get('applications.receive', { applicationId });
}

/** A day with papers: pages, a reading, a refused file, an application, the drawer, the queue. */
async function dayOfPapers(counter: TestCounter, scans: string): Promise<void> {
  counter.line.set('down');
  const { transactionId } = await confirmed(counter, PLATE);
  const documentId = await keptFile(counter, transactionId, await tellingPicture(9));
  await keptScan(counter, transactionId, scans);
  await counter.get('documents.show', { documentId });
  await counter.get('documents.read', { documentId });
  await counter.get('documents.settle-reading', {
    documentId,
    fields: [{ field: 'nik', agreement: 'differs', taken: false }],
  });
  const telling = Buffer.from(`<svg><text>${ALL.join(' ')}</text></svg>`);
  const intakeId = await takenIn(counter, transactionId, telling);
  expect(await counter.refusal('documents.look', { intakeId })).toMatchObject({ code: 'PAGE_NOT_A_PICTURE' });
  await receivedApplication(counter);
  const { holdingIds } = await counter.get('originals.receive', { stream: transactionId, kinds: ['stnk'] });
  await counter.get('originals.hand-over', {
    holdingIds,
    to: 'representative',
    name: PLANTED.taker,
    evidence: 'surat kuasa bermeterai',
  });
  await counter.get('queue.issue', {
    reason: 'outage',
    nrkb: PLANTED.plate,
    name: PLANTED.waiting,
    phone: PLANTED.phone,
  });
  await counter.get('queue.list', {});
  await counter.get('originals.in-drawer', {});
}

describe('the disks of a counter after a day of papers', () => {
  const province = useProvince();

  it('hold no name, NIK, plate, chassis or engine number of a page, an application, the drawer or the queue in clear', async () => {
    const [scans, stick, copies] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    const counter = await openForBusiness(await enrolledCounter(province(), { ownLog: true }));
    await counter.get('mirror.set-folder', { folder: copies });
    await dayOfPapers(counter, scans);
    await counter.get('bundle.export', { to: stick });
    await expect.poll(() => counter.rows(`SELECT * FROM print_job WHERE state = 'requested'`)).toEqual([]);
    const { dataDir, secondMarkDir } = counter.config;
    const folders = [dataDir, secondMarkDir, scans, stick, copies];
    const unsent = filesBelow(...folders);
    const names = [...unsent.keys()].map((file) => file.replace(dataDir, ''));
    expect(names).toEqual(expect.arrayContaining(['/counter.sqlite', '/counter.sqlite-wal', '/counter.log']));
    expect(names.filter((file) => file.endsWith('.page'))).toHaveLength(3);
    expect([...unsent.keys()].some((file) => file.startsWith(stick) && file.endsWith('.opop'))).toBe(true);
    expect([...unsent.keys()].some((file) => file.startsWith(copies))).toBe(true);
    expectNowhere(unsent, ALL, 'with everything unsent');

    counter.line.set('pass');
    counter.line.next('/v1/uploads', 'lose-answer');
    await sync(counter);
    expectNowhere(filesBelow(...folders), ALL, 'with an upload that was cut');
    await sync(counter);
    await enterAs(counter, 'petugas-1');
    await counter.stop();
    const backup = join(temporaryFolder(), 'backup.sqlite');
    valueOf(await backupData(counter.config, backup, undefined));
    const closed = filesBelow(...folders, join(backup, '..'));
    expectNowhere(closed, ALL, 'closed');
    // The search itself works: what is no secret is found.
    expect([...closed.values()].some((bytes) => traces('3506-017').some((trace) => bytes.includes(trace)))).toBe(true);
  });
});
