import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WIZARD_TEXT } from '../../src/renderer/text/enrolment-text.ts';
import { ENROLMENT_TEXT, SIGN_IN_TEXT } from '../../src/renderer/text/sign-in-text.ts';
import { faultsOf } from './support/faults-of.ts';
import { expect, removeCounter, startCounter, test } from './support/world.ts';

test('a new computer is enrolled with the code of its outlet, and then asks who is on duty', async ({
  province,
  page,
}) => {
  const faults: string[] = [];
  const dataDir = mkdtempSync(join(tmpdir(), 'opop-e2e-new-'));
  const program = await startCounter(dataDir);
  try {
    await page.goto(program.url);
    await expect(page.getByRole('heading', { name: ENROLMENT_TEXT.title })).toBeVisible();
    const url = page.getByLabel(ENROLMENT_TEXT.url, { exact: true });
    await expect(url).toBeFocused();
    faults.push(...(await faultsOf(page, 'Daftarkan')));
    await page.getByText(WIZARD_TEXT.offline).click();
    faults.push(...(await faultsOf(page, 'Daftarkan tanpa koneksi')));
    await page.getByText(WIZARD_TEXT.online).click();
    await expect(url).toBeVisible();
    // One QR of the outlet's sheet fills both fields, whichever has the focus.
    await url.fill(`OPOP-DAFTAR 1 ${province.url} AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA`);
    await expect(url).toHaveValue(province.url);
    await page.keyboard.press('F12');
    await expect(page.getByText('ENROLMENT_CODE_INVALID')).toBeVisible();

    await page.getByLabel(ENROLMENT_TEXT.code, { exact: true }).fill(await province.enrolmentCode());
    await page.keyboard.press('F12');
    // What the computer has become stands there until the installer goes on.
    await expect(page.getByRole('heading', { name: WIZARD_TEXT.doneTitle })).toBeVisible();
    await expect(page.getByText('3506-017')).toBeVisible();
    faults.push(...(await faultsOf(page, 'Terdaftar')));
    await page.keyboard.press('F12');
    await expect(page.getByRole('heading', { name: SIGN_IN_TEXT.title })).toBeVisible();
    await expect(page.getByRole('radio').first()).toBeVisible();
    expect(faults).toEqual([]);
  } finally {
    await program.stop();
    removeCounter(dataDir);
  }
});
