// Walks the steps of docs/runbook as they are written, and takes its pictures. Run by hand after a change of the screens:
// npm run build:renderer && npx node scripts/screenshots-runbook.mjs
import { createServer } from 'node:net';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEVICE_TEXT } from '../src/renderer/text/device-text.ts';
import { HOME_TEXT } from '../src/renderer/text/home-text.ts';
import { OUTBOX_TEXT } from '../src/renderer/text/outbox-text.ts';
import { LOCK_TEXT } from '../src/renderer/text/sign-in-text.ts';
import { LEAVE_TEXT } from '../src/renderer/text/self-test-text.ts';
import { SERVICE_TEXT } from '../src/renderer/text/service-text.ts';
import { ask, atKeyboard, inWorld, run, serve } from './screenshot-world.mjs';

const said = (what, facts) => process.stdout.write(`${what}: ${JSON.stringify(facts)}\n`);

/** A printer on the network that takes every byte and never says a word, or nothing at all. */
async function openPrinter() {
  const server = createServer((socket) => socket.resume());
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { target: `127.0.0.1:${server.address().port}`, close: () => server.close() };
}

async function signIn({ page, press, type, pinOf }, officerId, down) {
  await page.getByRole('radio', { checked: true }).waitFor();
  await page.waitForTimeout(500);
  for (let step = 0; step < down; step += 1) await press('ArrowDown');
  await type(pinOf(officerId));
  await press('Enter');
  await page.getByRole('heading', { name: HOME_TEXT.title }).waitFor();
}

/** Printer macet: it is not there; the sale is. */
async function printerTrouble({ page, counter, sell, picture, work }) {
  const gone = await openPrinter();
  gone.close();
  const silent = {
    printerId: 'struk',
    kind: 'escpos-network',
    name: 'Printer struk',
    target: gone.target,
    widthMm: 80,
    role: 'first',
  };
  const paper = { ...silent, kind: 'pdf', target: join(work, 'kertas') };
  mkdirSync(paper.target);
  await ask(counter, 'printing.set-printers', { printers: [silent] });
  await sell('AG 2345 KD', '10001');
  await page.getByText(SERVICE_TEXT.paidTitle).waitFor();
  await page.waitForTimeout(12_000);
  await picture('150-printer-macet');
  await ask(counter, 'printing.set-printers', { printers: [paper] });
}

/** Listrik padam: a service stands half done, the power goes, and it is offered again. */
async function powerCut(world) {
  const { page, press, find, picture, restart } = world;
  await press('Control+1', 500);
  await find('AG 1111 HI', '10002');
  await page.waitForTimeout(800);
  await restart();
  await signIn(world, 'petugas-2', 0);
  await press('Control+1', 800);
  await page.getByText(SERVICE_TEXT.resumed).waitFor();
  await picture('151-setelah-padam');
  await press('F7', 800);
  await picture('152-struk-terakhir');
  await press('Escape', 500);
}

/** Flashdisk: out, to the province, and the answer back in. */
async function flashdisk({ page, counter, press, provinceData, picture }) {
  const stick = join(tmpdir(), 'FLASHDISK');
  rmSync(stick, { recursive: true, force: true });
  mkdirSync(stick);
  await press('Control+3', 800);
  await press('F10', 800);
  await page.getByLabel(OUTBOX_TEXT.otherFolder).fill(stick);
  await press('F12', 2500);
  await page.getByText(/catatan ada di flashdisk/u).waitFor();
  await picture('153-simpan-ke-flashdisk');
  await press('Escape', 600);
  const [file] = readdirSync(stick).filter((name) => name.endsWith('.opop'));
  const back = join(stick, 'jawaban.opop');
  said(
    'import-bundle',
    (await run('province', ['import-bundle', join(stick, file), '--answer', back, '--data', provinceData]))[0],
  );
  await press('F9', 1200);
  await page.getByLabel(OUTBOX_TEXT.otherFile).fill(back);
  await press('F12', 2500);
  await page.getByText(/kiriman diterima Bapenda/u).waitFor({ timeout: 60_000 });
  await picture('154-jawaban-dari-flashdisk');
  await press('Escape', 600);
  said('unsent', await ask(counter, 'outbox.figures', {}));
  rmSync(stick, { recursive: true });
}

/** Pindah gerai: refused while a cash session is open. */
async function move(world) {
  const { page, press, picture, pinOf, type } = world;
  await press('Control+l', 600);
  await page.getByRole('button', { name: /Bukan Anda/u }).click();
  await page.waitForTimeout(800);
  await page
    .getByRole('radio', { name: /emasang/u })
    .first()
    .click()
    .catch(() => undefined);
  await type(pinOf('pemasang'));
  await press('Enter', 1500);
  await press('Control+9', 800);
  await page.getByRole('heading', { name: DEVICE_TEXT.title }).waitFor();
  await page.getByRole('button', { name: LEAVE_TEXT.open }).click();
  await page.getByLabel(LEAVE_TEXT.field('3506-017')).fill('3506-017');
  await press('F12', 1500);
  await picture('155-pindah-gerai-ditolak');
  await press('Escape', 600);
}

/** PC dicuri, ganti komputer, kebocoran data: what the province says and does, as the chapters have it. */
async function stolen({ page, press, type, pinOf, provinceData, province, counterData, work, picture, stop }) {
  const where = ['--data', provinceData];
  const [device] = await run('province', ['devices', ...where]);
  const of = ['--device', device.deviceId, ...where];
  await press('Control+2', 500);
  await run('province', ['device-lost', ...of, '--report', 'LP/12/XI/2026 Polsek Pare', '--by', 'Pengawas Kediri']);
  // The next contact stops everybody who could sign in here.
  await page.getByText(LOCK_TEXT.title).waitFor({ timeout: 60_000 });
  await type(pinOf('pemasang'));
  await press('Enter', 2500);
  await picture('156-perangkat-dicabut');
  said('loss-report', (await run('province', ['loss-report', ...of]))[0].mayExistOnPaperOnly);
  said('affected', (await run('province', ['affected', ...of]))[0]);
  const list = join(work, 'warga.csv');
  const look = ['--as', 'Rina, PPID Bapenda', '--reason', 'LP/12/XI/2026, komputer dicuri', '--out', list];
  said('affected, named', (await run('province', ['affected', ...of, ...look]))[0]);
  process.stdout.write(readFileSync(list, 'utf8'));
  said('incident', (await run('province', ['incidents', '--kind', 'PERSONS_LISTED', ...where]))[0]);
  for (const officer of ['petugas-1', 'petugas-2', 'pengawas', 'pemasang']) {
    await run('province', ['reactivate-officer', '--officer', officer, ...where]);
  }
  await stop();
  const [{ code }] = await run('province', ['enrolment-code', '--outlet', '3506-017', ...where]);
  const fresh = ['--data', join(work, 'baru')];
  said(
    'enrol',
    (await run('loket', ['enrol', ...fresh, '--key-store', 'demo', '--province', province.url, '--code', code])).at(-1),
  );
  // The second copy lies on the flashdisk of the old counter.
  said('recover', (await run('loket', ['recover', ...fresh, '--mirror', `${counterData}.salinan`])).at(-1));
  said('sync', (await run('loket', ['sync', ...fresh, '--timeout', '60'])).at(-1));
  said('verify', (await run('loket', ['verify', ...fresh])).at(-1));
  said('desk-card', (await run('loket', ['desk-card', ...fresh, '--out', join(work, 'kartu-meja.pdf')])).at(-1));
  // Kunci hilang: without its keys the folder opens nothing, says so, and deletes nothing.
  for (const name of readdirSync(join(work, 'baru')).filter((one) => one.startsWith('keys')))
    rmSync(join(work, 'baru', name));
  await run('loket', ['sync', ...fresh]).catch((error) => said('keys gone', String(error.message).slice(0, 400)));
}

await inWorld(async ({ page, counter, pinOf, province, provinceData, work }) => {
  const keys = atKeyboard(page);
  const counterData = join(work, 'counter');
  let running = counter;
  const world = {
    page,
    counter,
    pinOf,
    province,
    provinceData,
    work,
    counterData,
    ...keys,
    stop: () => running.stop(),
    restart: async () => {
      await running.kill();
      running = await serve('loket', ['serve', '--data', counterData, '--key-store', 'demo', '--no-open']);
      world.counter = running;
      await page.goto(running.url);
    },
  };
  await signIn(world, 'petugas-2', 0);
  await keys.press('Control+6', 800);
  await keys.type('2');
  await keys.press('F12', 1500);
  await province.stop();
  await printerTrouble(world);
  await powerCut(world);
  const again = await province.start();
  await again.stop();
  await flashdisk(world);
  const third = await province.start();
  await move(world);
  await stolen({ ...world, province: third });
  await third.stop();
});
