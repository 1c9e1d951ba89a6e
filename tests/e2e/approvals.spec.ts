import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APPROVAL_TEXT } from '../../src/renderer/text/approval-text.ts';
import { HISTORY_TEXT } from '../../src/renderer/text/history-text.ts';
import { REMOTE_CODE_TEXT } from '../../src/renderer/text/remote-code-text.ts';
import { faultsOf } from './support/faults-of.ts';
import { Officer } from './support/officer.ts';
import { run } from './support/programs.ts';
import { expect, removeCounter, startCounter, test } from './support/world.ts';

test('a void is approved from afar: the request is read to the supervisor, who sees it and answers eight digits, without a line', async ({
  officer,
  page,
  province,
  context,
}) => {
  const faults: string[] = [];
  const dataDir = mkdtempSync(join(tmpdir(), 'opop-e2e-pengawas-'));
  const code = await province.enrolmentCode();
  await run('loket', ['enrol', '--data', dataDir, '--province', province.url, '--code', code, '--key-store', 'demo']);
  await province.appointNewestDevice('pengawas');
  const device = await startCounter(dataDir);
  try {
    const own = await context.newPage();
    await own.goto(device.url);
    const supervisor = new Officer(own, province.pinOf);
    // Officers first, then the supervisor.
    await supervisor.signInAs('pengawas', 2);
    await supervisor.press('Control+1');
    await expect(own.getByText(REMOTE_CODE_TEXT.counters(1))).toBeVisible();
    await officer.signIn();
    await officer.openCashSession();
    await province.stop();
    await officer.sell('N 4040 DB', '10023');
    await officer.press('Control+7');
    await officer.type('N 4040 DB');
    await officer.press('Enter');
    await page.getByRole('button', { name: HISTORY_TEXT.voidIt, exact: true }).click();
    await page.getByText(APPROVAL_TEXT.ways.code).click();
    await page.getByRole('button', { name: APPROVAL_TEXT.makeRequest }).click();
    const request = await page.getByLabel(APPROVAL_TEXT.requestTitle).innerText();
    faults.push(...(await faultsOf(page, 'Permintaan')));
    await own.getByLabel(REMOTE_CODE_TEXT.field).fill(request.toLowerCase());
    await expect(own.getByText('Gerai Ponpes Al-Hikmah').first()).toBeVisible();
    faults.push(...(await faultsOf(own, 'Kode jauh')));
    await supervisor.press('F12');
    await expect(own.getByText(REMOTE_CODE_TEXT.codeTitle)).toBeVisible();
    const answer = await own
      .getByRole('status')
      .filter({ hasText: /^\d{4} \d{4}$/ })
      .innerText();
    const right = answer.replace(' ', '');
    const wrong = String((Number(right) + 1) % 10 ** 8).padStart(8, '0');
    const field = page.getByLabel(APPROVAL_TEXT.code, { exact: true });
    await field.fill(wrong);
    await officer.press('F12');
    await expect(page.getByRole('dialog').getByText('APPROVAL_CODE_WRONG')).toBeVisible();
    await field.fill(right);
    await officer.press('F12');
    await expect(page.getByRole('dialog').getByText(HISTORY_TEXT.giveBack)).toBeVisible();
    expect(faults).toEqual([]);
  } finally {
    await device.stop();
    removeCounter(dataDir);
  }
});
