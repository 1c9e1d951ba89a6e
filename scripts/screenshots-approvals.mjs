// Takes the pictures of approvals from the running product. Run by hand after a change of the screens:
// npm run build:renderer && npx node scripts/screenshots-approvals.mjs
import { join } from 'node:path';
import { APPROVAL_TEXT, DOOR_TEXT } from '../src/renderer/text/approval-text.ts';
import { FRAME_TEXT } from '../src/renderer/text/frame-text.ts';
import { HISTORY_TEXT } from '../src/renderer/text/history-text.ts';
import { REMOTE_CODE_TEXT } from '../src/renderer/text/remote-code-text.ts';
import { atKeyboard, inWorld, run, serve } from './screenshot-world.mjs';

/** Both colours of one state. */
function both(page) {
  const { picture } = atKeyboard(page);
  return async (name) => {
    await picture(name);
    await picture(`${name}-gelap`, 'dark');
  };
}

async function signIn(page, pin) {
  const { press, type } = atKeyboard(page);
  await type(pin);
  await press('Enter', 1200);
}

/** The counter asks for a code: the request in large groups. */
async function askFromAfar(page) {
  const { press, type } = atKeyboard(page);
  await press('Control+7', 800);
  await type('AG 2345 KD');
  await press('Enter', 1000);
  await page.getByRole('button', { name: HISTORY_TEXT.voidIt, exact: true }).click();
  await page.getByText(APPROVAL_TEXT.ways.code).click();
  await page.getByRole('button', { name: APPROVAL_TEXT.makeRequest }).click();
  const groups = page.getByLabel(APPROVAL_TEXT.requestTitle);
  await groups.waitFor();
  await both(page)('31-permintaan-kode');
  return await groups.innerText();
}

async function raiseCap(page) {
  const { press } = atKeyboard(page);
  await press('Escape', 500);
  await page.getByRole('contentinfo').getByRole('button').nth(3).click();
  await page.getByRole('button', { name: APPROVAL_TEXT.raiseOpen }).click();
  await page.getByLabel(APPROVAL_TEXT.raiseTo).fill('1250000000');
  await both(page)('32-naikkan-batas');
  await press('Escape', 500);
}

async function door(page) {
  const { press } = atKeyboard(page);
  await page.getByRole('button', { name: DOOR_TEXT.open }).click();
  await page.getByText(DOOR_TEXT.substitute, { exact: true }).click();
  await page.getByLabel(DOOR_TEXT.officerId).fill('petugas-1-3518-004');
  await page.getByLabel(DOOR_TEXT.name).fill('Siti Nur Contoh Wulandari Kusumaningrum binti Abdurrahman');
  await both(page)('33-petugas-pengganti');
  await press('Escape', 500);
}

/** The supervisor's own device: enrolled like a counter, appointed to him, and with the keys of the counters under him. */
async function ownDevice(province, provinceData, work) {
  const [{ code }] = await run('province', ['enrolment-code', '--outlet', '3506-017', '--data', provinceData]);
  const demo = ['--data', join(work, 'pengawas'), '--key-store', 'demo'];
  await run('loket', ['enrol', ...demo, '--province', province.url, '--code', code]);
  const devices = await run('province', ['devices', '--data', provinceData]);
  const { deviceId } = devices.find(({ deviceNo }) => deviceNo === 2);
  await run('province', [
    'supervisor-device',
    '--supervisor',
    'pengawas',
    '--device',
    deviceId,
    '--data',
    provinceData,
  ]);
  return await serve('loket', ['serve', ...demo, '--no-open']);
}

async function answer(page, pin, request) {
  const { press } = atKeyboard(page);
  await page.getByRole('radio', { name: /Pengawas/ }).click();
  await signIn(page, pin);
  await press('Control+1', 800);
  await both(page)('34-kode-jauh-kosong');
  await page.getByLabel(REMOTE_CODE_TEXT.field).fill(request);
  await page.getByText(REMOTE_CODE_TEXT.check).waitFor();
  await both(page)('35-kode-jauh-permintaan');
  await press('F12', 800);
  await page.getByText(REMOTE_CODE_TEXT.codeTitle).waitFor();
  await both(page)('36-kode-jauh-jawaban');
}

await inWorld(async ({ page, pinOf, province, provinceData, work }) => {
  const { press, type, sell } = atKeyboard(page);
  const own = await ownDevice(province, provinceData, work);
  try {
    await page.waitForTimeout(4000);
    await signIn(page, pinOf('petugas-2'));
    await press('Control+6', 800);
    await type('4');
    await press('F12', 1500);
    await province.stop();
    await press('Control+1', 500);
    await sell('AG 2345 KD', '10001');
    const request = await askFromAfar(page);
    await raiseCap(page);
    const viewport = { width: 1366, height: 768 };
    const remote = await page.context().browser().newPage({ viewport, locale: 'id-ID' });
    await remote.goto(own.url);
    await answer(remote, pinOf('pengawas'), request.replaceAll('\n', ' '));
    await page.getByRole('button', { name: FRAME_TEXT.signOut }).click();
    await door(page);
  } finally {
    await own.stop();
  }
});
