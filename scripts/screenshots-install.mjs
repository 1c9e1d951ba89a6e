// Pictures of the installer's work: a computer is enrolled, tested and handed over.
import { createServer } from 'node:https';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEVICE_TEXT } from '../src/renderer/text/device-text.ts';
import { HOME_TEXT } from '../src/renderer/text/home-text.ts';
import { ENROLMENT_TEXT } from '../src/renderer/text/sign-in-text.ts';
import { SELF_TEST_TEXT, STEP_TEXT } from '../src/renderer/text/self-test-text.ts';
import { WIZARD_TEXT } from '../src/renderer/text/enrolment-text.ts';
import { writeCardVideo } from '../tests/e2e/support/papers.ts';
import { selfSigned } from '../tests/support/self-signed.ts';
import { atKeyboard, inWorld, run, serve } from './screenshot-world.mjs';

const both = async (picture, name) => {
  await picture(name);
  await picture(`${name}-gelap`, 'dark');
};

/** A network that vouches for itself. */
async function openProxy() {
  const server = createServer(selfSigned('PT Jaringan Kantor'), (_request, response) => response.end('{}'));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `https://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

async function enrolment(page, province, provinceData) {
  const data = mkdtempSync(join(tmpdir(), 'opop-baru-'));
  const fresh = await serve('loket', ['serve', '--data', data, '--no-open', '--key-store', 'demo']);
  const proxy = await openProxy();
  const { press, picture } = atKeyboard(page);
  try {
    await page.goto(fresh.url);
    const [{ code }] = await run('province', ['enrolment-code', '--outlet', '3506-017', '--data', provinceData]);
    const url = page.getByLabel(ENROLMENT_TEXT.url, { exact: true });
    await url.fill(`OPOP-DAFTAR 1 ${proxy.url} ${code}`);
    await press('F12');
    await page.getByText(WIZARD_TEXT.certificateTitle).waitFor();
    await page.waitForTimeout(500);
    await both(picture, '97-sertifikat-jaringan');
    await url.fill(`OPOP-DAFTAR 1 ${province.url} ${code}`);
    await press('F12');
    await page.getByText(WIZARD_TEXT.doneTitle).waitFor({ timeout: 90_000 });
    await page.waitForTimeout(1500);
    await both(picture, '99-terdaftar');
  } finally {
    proxy.close();
    await fresh.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function selfTest(page, pinOf) {
  const { press, type, picture } = atKeyboard(page);
  await page.getByRole('radio', { checked: true }).waitFor();
  await type(pinOf('petugas-2'));
  await press('Enter');
  await page.getByRole('heading', { name: HOME_TEXT.title }).waitFor();
  await press('Control+9');
  await page.getByRole('heading', { name: DEVICE_TEXT.title }).waitFor();
  await press('Control+h');
  await page.getByRole('heading', { name: SELF_TEST_TEXT.title }).waitFor();
  await press('F12');
  const last = page.getByRole('button', { name: new RegExp(STEP_TEXT.printer) });
  await last.getByText(SELF_TEST_TEXT.good).waitFor({ timeout: 240_000 });
  await page.waitForTimeout(500);
  await page.getByRole('button', { name: new RegExp(STEP_TEXT.mirror) }).click();
  await page.waitForTimeout(500);
  await both(picture, '95-uji-mandiri');
  await last.click();
  await page.waitForTimeout(500);
  await both(picture, '96-uji-printer');
}

writeCardVideo(1);
await inWorld(async ({ page, pinOf, province, provinceData }) => {
  await selfTest(page, pinOf);
  await enrolment(page, province, provinceData);
});
