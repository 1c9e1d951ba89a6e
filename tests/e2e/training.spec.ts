import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { FRAME_TEXT } from '../../src/renderer/text/frame-text.ts';
import { OUTBOX_TEXT } from '../../src/renderer/text/outbox-text.ts';
import { SIGN_IN_TEXT } from '../../src/renderer/text/sign-in-text.ts';
import { faultsOf } from './support/faults-of.ts';
import { Officer } from './support/officer.ts';
import { serve } from './support/programs.ts';

test('a training without any province: marked on every screen, sold, and nothing leaves', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'opop-e2e-training-'));
  const program = await serve('loket', ['serve', '--data', join(folder, 'counter'), '--training', '--no-open']);
  const bar = page.getByRole('complementary', { name: FRAME_TEXT.training });
  /** The line stands, on the screen and above what floats, and no button is in it. */
  const marked = async (): Promise<void> => {
    await expect(bar).toBeInViewport({ ratio: 1 });
    await expect(bar.getByText(FRAME_TEXT.trainingNote)).toBeVisible();
    await expect(bar.getByRole('button')).toHaveCount(0);
  };
  try {
    const officer = new Officer(page, () => '123456');
    await page.goto(program.url);
    await expect(page.getByText(SIGN_IN_TEXT.trainingHint)).toBeVisible();
    await expect(page).toHaveTitle(/^LATIHAN/);
    await marked();
    await officer.signIn();
    await officer.openCashSession();
    await officer.sell('AG 1001 LT', '20001');
    await marked();
    expect(await faultsOf(page, 'Layanan, latihan')).toEqual([]);
    await officer.press('F1');
    await expect(page.getByRole('dialog')).toBeVisible();
    await marked();
    await officer.press('Escape');
    await officer.press('Control+3');
    await expect(page.getByRole('heading', { name: OUTBOX_TEXT.title })).toBeVisible();
    await marked();
    await page.getByRole('button', { name: FRAME_TEXT.lock }).click();
    await expect(page.getByText('Layar terkunci')).toBeVisible();
    await marked();
  } finally {
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
