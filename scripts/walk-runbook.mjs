// Tries the steps of docs/runbook that need a disk of their own or two computers, as they are written: the
// screens in a real browser, the commands as processes. Prints one line for each step; exit 1 at the first that is not as
// the runbook says. Root (it mounts small disks), a minute or two:
// npm run build:renderer && npm run -s walk:runbook
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CASH_TEXT } from '../src/renderer/text/cash-text.ts';
import { WIZARD_TEXT } from '../src/renderer/text/enrolment-text.ts';
import { HOME_TEXT } from '../src/renderer/text/home-text.ts';
import { OUTBOX_TEXT } from '../src/renderer/text/outbox-text.ts';
import { LEAVE_TEXT } from '../src/renderer/text/self-test-text.ts';
import { ENROLMENT_TEXT } from '../src/renderer/text/sign-in-text.ts';
import { refusedQueue } from './refused-queue.mjs';
import { root } from './run-program.mjs';
import { ask, atKeyboard, inWorld, run, serve } from './screenshot-world.mjs';

const OTHER_OUTLET = '3518-004';
const say = (chapter, step, facts = {}) => process.stdout.write(`${JSON.stringify({ chapter, step, ...facts })}\n`);

/** A command that is expected to be refused: what it printed. */
function refusedBy(which, args) {
  const node = [join(root, 'bin', `${which}.mjs`), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, node, { encoding: 'utf8', cwd: root });
  assert.notEqual(status, 0, `${which} ${args[0]} was expected to be refused: ${stdout}`);
  return `${stdout}${stderr}`.trim();
}

async function signIn({ page, type, press, pinOf }, officerId, name) {
  await page.getByRole('radio', { name }).click();
  await type(pinOf(officerId));
  await press('Enter');
  await page.getByRole('heading', { name: HOME_TEXT.title }).waitFor();
}

/** Small disks: one of 64 KB that is nearly full, and one that may only be read. */
function mountSticks(work) {
  const [full, readOnly, image] = ['penuh', 'terkunci', 'disk.img'].map((name) => join(work, name));
  mkdirSync(full);
  mkdirSync(readOnly);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', full]);
  writeFileSync(join(full, 'penuh'), Buffer.alloc(60 * 1024));
  execFileSync('truncate', ['-s', '2M', image]);
  execFileSync('mkfs.ext4', ['-q', '-F', image]);
  execFileSync('mount', ['-o', 'loop,ro', image, readOnly]);
  return { full, readOnly, unmount: () => [full, readOnly].forEach((folder) => execFileSync('umount', [folder])) };
}

/** What the sheet says after the bundle was to be written into `folder`. */
async function exportTo({ page, press }, folder) {
  await press('Control+3', 500);
  await press('F10', 500);
  await page.getByLabel(OUTBOX_TEXT.otherFolder).fill(folder);
  await press('F12', 500);
  const sheet = page.getByRole('dialog');
  const told = sheet.getByRole('alert').or(sheet.getByText(OUTBOX_TEXT.exportedSteps[2]));
  await told.first().waitFor({ timeout: 30_000 });
  const words = (await told.first().innerText()).replaceAll('\n', ' ');
  await page.screenshot({ path: join(root, 'test-results', `walk-${folder.split('/').at(-1)}.png`) });
  await press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  return words;
}

const bundlesIn = (folder) => readdirSync(folder).filter((name) => name.endsWith('.opop'));

/** Flashdisk penuh, terkunci tulis atau tercabut. */
async function badSticks(world) {
  const sticks = mountSticks(world.work);
  try {
    const before = await ask(world.counter, 'outbox.figures', {});
    const gone = join(world.work, 'tercabut');
    for (const [folder, expected] of [
      [sticks.full, /penuh/u],
      [sticks.readOnly, /tidak dapat ditulisi/u],
      [gone, /FLASHDISK|flashdisk/u],
    ]) {
      const says = await exportTo(world, folder);
      assert.match(says, expected);
      const after = await ask(world.counter, 'outbox.figures', {});
      assert.ok(after.unsent >= before.unsent, 'everything still waits here');
      if (folder !== gone) assert.deepEqual(bundlesIn(folder), [], 'no half a bundle on the stick');
      say('Flashdisk', `${folder.split('/').at(-1)}: refused, nothing changed`, { says });
    }
    const good = join(world.work, 'flashdisk-lain');
    mkdirSync(good);
    await exportTo(world, good);
    assert.equal(bundlesIn(good).length, 1);
    say('Flashdisk', 'another stick takes it');
  } finally {
    sticks.unmount();
  }
}

/**
 * Kunci hilang: the passphrase is forgotten; the folder is kept and a new one enrolled. The second copy is carried in
 * screenshots-runbook.mjs, with the chapter *Ganti komputer*.
 */
async function forgottenPassphrase({ province, provinceData, work }) {
  const [right, wrong] = ['kata-sandi', 'kata-sandi-salah'].map((name) => join(work, name));
  writeFileSync(right, 'sawah hijau di Pare 17\n', { mode: 0o600 });
  writeFileSync(wrong, 'sawah kuning di Pare 17\n', { mode: 0o600 });
  const [old, fresh] = ['lama', 'folder-baru'].map((name) => join(work, name));
  const enrol = async (folder, options) => {
    const [{ code }] = await run('province', ['enrolment-code', '--outlet', '3506-017', '--data', provinceData]);
    return await run('loket', ['enrol', '--data', folder, ...options, '--province', province.url, '--code', code]);
  };
  const withKey = (file) => ['--key-store', 'passphrase', '--passphrase-file', file];
  await enrol(old, withKey(right));
  await run('loket', ['sync', '--data', old, '--passphrase-file', right, '--timeout', '60']);
  const says = refusedBy('loket', ['sync', '--data', old, '--passphrase-file', wrong]);
  assert.match(says, /Kunci perangkat tidak dapat dibuka\. Data aman tetapi terkunci\./u);
  const kept = readdirSync(old);
  assert.ok(kept.includes('counter.sqlite'));
  say('Kunci hilang', 'a wrong passphrase opens nothing and deletes nothing', { says: says.slice(0, 300) });
  await enrol(fresh, ['--key-store', 'demo']);
  const here = ['--data', fresh];
  await run('loket', ['sync', ...here, '--timeout', '60']);
  const verified = (await run('loket', ['verify', ...here])).at(-1);
  assert.equal(verified.ok, true);
  say('Kunci hilang', 'a new folder is enrolled beside it and works', { entries: verified.entries });
  const devices = await run('province', ['devices', '--data', provinceData]);
  const { deviceId } = devices.at(-2);
  const revoked = await run('province', ['revoke-device', '--device', deviceId, '--data', provinceData]);
  say('Ganti komputer', 'the old device is revoked', { says: revoked[0] });
}

/** Ganti komputer, step 1: a folder that was copied is a twin; Bapenda keeps what it sends apart, and says so. */
async function copiedFolder({ pinOf, province, provinceData, work }) {
  const [{ code }] = await run('province', ['enrolment-code', '--outlet', '3506-017', '--data', provinceData]);
  const [first, twin] = ['asli', 'kembaran'].map((name) => join(work, name));
  const demo = ['--key-store', 'demo', '--province', province.url, '--code', code];
  await run('loket', ['enrol', '--data', first, ...demo]);
  await run('loket', ['sync', '--data', first, '--timeout', '60']);
  for (const part of ['', '.tanda', '.salinan'].filter((name) => existsSync(`${first}${name}`))) {
    cpSync(`${first}${part}`, `${twin}${part}`, { recursive: true });
  }
  const pin = join(work, 'pin');
  writeFileSync(pin, pinOf('petugas-1'), { mode: 0o600 });
  for (const folder of [first, twin]) {
    await run('loket', ['call', '--data', folder, '--as', 'petugas-1', '--pin-file', pin]);
  }
  await run('loket', ['sync', '--data', first, '--timeout', '60']);
  const said = (await run('loket', ['sync', '--data', twin, '--timeout', '60'])).at(-1);
  const incidents = await run('province', ['incidents', '--data', provinceData]);
  const incident = incidents.find(({ evidence }) => evidence.startsWith('twin/'));
  assert.ok(incident !== undefined, JSON.stringify(incidents));
  say('Ganti komputer', 'a copied folder is a twin, and Bapenda has it in writing', { said, incident });
}

/** Pindah gerai: closed, sent, moved, and enrolled at the other outlet; the data of the old one is whole. */
async function move(world) {
  const { page, press, type, province, provinceData, work } = world;
  await press('Control+6', 500);
  await page.getByText(CASH_TEXT.state).first().waitFor();
  await press('F12', 500);
  await page.getByLabel(CASH_TEXT.countOf('Rp100.000'), { exact: true }).waitFor();
  await type('2');
  await press('F12', 800);
  await press('F12', 1500);
  await page.getByRole('button', { name: CASH_TEXT.close }).click();
  await page.getByRole('heading', { name: CASH_TEXT.closed, level: 1 }).waitFor();
  await press('Control+3', 500);
  await page.getByText(OUTBOX_TEXT.emptyMoney).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: /^Keluar/u }).click();
  await signIn(world, 'pemasang', /emasang/u);
  await press('Control+9', 800);
  await page.getByRole('button', { name: LEAVE_TEXT.open }).click();
  await page.getByLabel(LEAVE_TEXT.field('3506-017')).fill('3506-017');
  await press('F12', 200);
  await page.screenshot({ path: join(root, 'test-results', 'walk-pindah.png') });
  await page.getByRole('status').getByText(LEAVE_TEXT.left).waitFor();
  await world.ended();
  say('Pindah gerai', 'the program ended by itself');
  await world.start();
  await page.getByRole('heading', { name: ENROLMENT_TEXT.title }).waitFor();
  const [{ code }] = await run('province', ['enrolment-code', '--outlet', OTHER_OUTLET, '--data', provinceData]);
  await page.getByLabel(ENROLMENT_TEXT.url, { exact: true }).fill(province.url);
  await page.getByLabel(ENROLMENT_TEXT.code, { exact: true }).fill(code);
  await press('F12');
  await page.getByRole('heading', { name: WIZARD_TEXT.doneTitle }).waitFor({ timeout: 30_000 });
  await page.getByText(OTHER_OUTLET).waitFor();
  await world.stop();
  const here = readdirSync(join(work, 'counter'));
  const old = here.find((name) => name.startsWith('lama-3506-017-'));
  assert.ok(old !== undefined, here.join(', '));
  say('Pindah gerai', 'enrolled at the other outlet', { outlet: OTHER_OUTLET, putAside: old });
  const verified = (await run('loket', ['verify', '--data', join(work, 'counter', old)])).at(-1);
  assert.equal(verified.ok, true);
  say('Pindah gerai', 'the data of the old outlet is whole', { entries: verified.entries });
}

/** The counter of the walk, which is stopped and started again as the runbook says. */
function counterOf(world, keys) {
  const { page, work } = world;
  let running = world.counter;
  const start = async () => {
    running = await serve('loket', ['serve', '--data', join(work, 'counter'), '--key-store', 'demo', '--no-open']);
    walk.counter = running;
    await page.goto(running.url);
  };
  const walk = {
    ...world,
    ...keys,
    start,
    stop: () => running.stop(),
    ended: () => running.ended,
  };
  return walk;
}

mkdirSync(join(root, 'test-results'), { recursive: true });
await inWorld(async (given) => {
  const world = counterOf(given, atKeyboard(given.page));
  await signIn(world, 'petugas-2', /Ahmad Fauzi/u);
  await world.press('Control+6', 500);
  await world.type('2');
  await world.press('F12', 1500);
  await world.province.stop();
  await world.sell('AG 2345 KD', '10001');
  await badSticks(world);
  const again = await refusedQueue(world, say);
  await forgottenPassphrase(world);
  await copiedFolder(world);
  await move(world);
  await again.stop();
});
