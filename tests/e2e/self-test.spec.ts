import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEVICE_TEXT } from '../../src/renderer/text/device-text.ts';
import { SELF_TEST_TEXT, STEP_TEXT } from '../../src/renderer/text/self-test-text.ts';
import { faultsOf } from './support/faults-of.ts';
import { writeCardVideo } from './support/papers.ts';
import { expect, test } from './support/world.ts';

/** The QR of the ruler page. */
const ON_THE_RULER_PAGE = 'https://opop.example/t#UJI-CETAK';

test('an installer tests the computer, tries its keys and scanner, and takes the sheet of the hand-over away', async ({
  officer,
  page,
}) => {
  writeCardVideo(1);
  const faults: string[] = [];
  const stick = mkdtempSync(join(tmpdir(), 'opop-e2e-sheet-'));
  const step = (name: keyof typeof STEP_TEXT) => page.getByRole('button', { name: new RegExp(STEP_TEXT[name]) });
  await officer.signIn();
  await officer.press('Control+9');
  await expect(page.getByRole('heading', { name: DEVICE_TEXT.title })).toBeVisible();
  await officer.press('Control+h');
  await expect(page.getByRole('heading', { name: SELF_TEST_TEXT.title })).toBeVisible();
  await expect(page.getByRole('button', { name: SELF_TEST_TEXT.runAll })).toBeEnabled();
  await officer.press('F12');
  await expect(step('printer')).toContainText(SELF_TEST_TEXT.good, { timeout: 60_000 });
  await expect(step('line')).toContainText(SELF_TEST_TEXT.good);
  await expect(step('qr')).toContainText(SELF_TEST_TEXT.good, { timeout: 60_000 });
  await expect(step('backup')).toContainText(SELF_TEST_TEXT.good);
  faults.push(...(await faultsOf(page, 'Uji mandiri')));

  await step('keys').click();
  // Tried keys do nothing else: F12 would run everything again.
  await officer.hammer('F2', 'F12');
  await page.getByRole('button', { name: SELF_TEST_TEXT.saveKeys }).click();
  await expect(page.getByText(/tidak sampai; pakai pasangan/)).toBeVisible();
  await step('scanner').click();
  await officer.scan(ON_THE_RULER_PAGE);
  await expect(page.getByText(/Pemindai terbaca utuh/)).toBeVisible();
  await step('camera').click();
  await page.getByRole('button', { name: SELF_TEST_TEXT.cameraSeen }).click({ timeout: 45_000 });
  await expect(page.getByText(/Kamera hidup, 1.280 x 720/)).toBeVisible();
  faults.push(...(await faultsOf(page, 'Uji mandiri, kamera')));

  await page.getByLabel(SELF_TEST_TEXT.folder).fill(stick);
  await officer.press('F10');
  await expect(page.getByText(/serah-terima-3506-017/)).toBeVisible();
  expect(readdirSync(stick).filter((name) => name.endsWith('.pdf'))).toHaveLength(1);
  rmSync(stick, { recursive: true });
  expect(faults).toEqual([]);
});
