import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OUTBOX_TEXT } from '../../src/renderer/text/outbox-text.ts';
import { mirrorWord } from '../../src/renderer/text/custody-text.ts';
import { faultsOf } from './support/faults-of.ts';
import { expect, test } from './support/world.ts';

test('a sale without a line has its second copy, leaves by flashdisk, and is sent when the line is back', async ({
  officer,
  page,
  province,
}) => {
  const faults: string[] = [];
  const look = async (place: string): Promise<void> => void faults.push(...(await faultsOf(page, place)));
  const stick = mkdtempSync(join(tmpdir(), 'opop-e2e-stick-'));
  const bar = page.getByRole('contentinfo');
  await officer.signIn();
  await officer.openAndSendCashSession();
  await province.stop();
  const number = await officer.sell('N 4040 DB', '10023');
  await expect(bar.getByText(mirrorWord('ok'))).toBeVisible();

  await officer.press('Control+3');
  const money = officer.pane(OUTBOX_TEXT.laneOf(OUTBOX_TEXT.money, 1));
  await expect(money.getByText(number)).toBeVisible();
  await expect(bar.getByText('1 menunggu')).toBeVisible();
  await expect(money.getByText('belum ada koneksi')).toBeVisible();
  await look('Kotak Kirim tanpa koneksi');

  await officer.press('F10');
  await expect(page.getByLabel(OUTBOX_TEXT.otherFolder)).toBeFocused();
  await officer.type(stick);
  await look('Simpan ke flashdisk');
  await officer.press('F12');
  const done = page.getByRole('dialog');
  await expect(done.getByText(String(OUTBOX_TEXT.exportedSteps[2]))).toBeVisible();
  expect(readdirSync(stick).filter((name) => name.endsWith('.opop'))).toHaveLength(1);
  await look('Tersimpan di flashdisk');
  await officer.press('F12');
  await expect(done).toBeHidden();
  await expect(money.getByText('disalin ke flashdisk')).toBeVisible();

  await officer.press('F9');
  await expect(page.getByLabel(OUTBOX_TEXT.otherFile)).toBeFocused();
  await officer.type(join(stick, readdirSync(stick)[0] ?? ''));
  await officer.press('F12');
  // What goes to the province is no answer of the province.
  await expect(page.getByText('ANSWER_REFUSED')).toBeVisible();
  await look('Jawaban ditolak');
  await officer.press('Escape');

  await province.start();
  await officer.press('F12');
  await expect(page.getByRole('region', { name: OUTBOX_TEXT.sentTitle })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(OUTBOX_TEXT.emptyMoney)).toBeVisible({ timeout: 60_000 });
  await expect(bar.getByText('semua terkirim')).toBeVisible();
  await look('Kotak Kirim, kosong');
  expect(faults).toEqual([]);
  rmSync(stick, { recursive: true });
});
