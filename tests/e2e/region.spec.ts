import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CASH_TEXT } from '../../src/renderer/text/cash-text.ts';
import { DECISIONS_TEXT } from '../../src/renderer/text/decisions-text.ts';
import { RECAP_TEXT } from '../../src/renderer/text/recap-text.ts';
import { REGION_TEXT } from '../../src/renderer/text/region-text.ts';
import { WORD_TEXT } from '../../src/renderer/text/word-text.ts';
import { faultsOfSheet } from './support/faults-of.ts';
import { run } from './support/programs.ts';
import { Supervisor } from './support/supervisor.ts';
import { expect, removeCounter, startCounter, test } from './support/world.ts';

// An evening in one world, with a look at every screen: a busy machine needs longer than two minutes for it.
test.describe.configure({ timeout: 360_000 });

test('a supervisor finds an outlet, signs its day and is told that it counts; then people, the month and a flashdisk', async ({
  officer,
  page,
  province,
  context,
}) => {
  await officer.signIn();
  await officer.openCashSession();
  // Nobody came: a session with nothing in it but its float closes too.
  await officer.press('Control+6');
  await expect(page.getByRole('button', { name: CASH_TEXT.count })).toBeEnabled();
  await officer.press('F12');
  await expect(page.getByLabel(CASH_TEXT.countOf('Rp100.000'), { exact: true })).toBeFocused();
  await officer.type('2');
  await officer.press('F12', 'F12');
  // The count is kept before the close can be pressed.
  await expect(page.getByRole('button', { name: CASH_TEXT.close })).toBeEnabled();
  await officer.press('F12');
  await expect(page.getByRole('heading', { name: CASH_TEXT.closed, level: 1 })).toBeVisible();
  const dataDir = mkdtempSync(join(tmpdir(), 'opop-e2e-wilayah-'));
  const code = await province.enrolmentCode();
  await run('loket', ['enrol', '--data', dataDir, '--province', province.url, '--code', code, '--key-store', 'demo']);
  await province.appointNewestDevice('pengawas');
  const device = await startCounter(dataDir);
  try {
    const own = await context.newPage();
    await own.goto(device.url);
    const supervisor = new Supervisor(own, province.pinOf);
    await supervisor.signInAs('pengawas', 2);
    await supervisor.press('Control+5');
    const outlet = own.getByRole('option').filter({ hasText: 'Gerai Ponpes Al-Hikmah' });
    await expect(outlet.getByText(REGION_TEXT.noWorry)).toBeVisible();
    await supervisor.look('Wilayah');
    await supervisor.press('Enter');
    await expect(own.getByRole('listbox', { name: REGION_TEXT.detail.days })).toBeFocused();
    await supervisor.look('Gerai');
    await supervisor.press('Home', 'Enter');
    await expect(own.getByRole('region', { name: RECAP_TEXT.matchTitle })).toBeVisible();
    await supervisor.look('Rekap Harian');
    await supervisor.lookBehindDay();
    await expect(own.getByRole('button', { name: RECAP_TEXT.sign.close })).toBeEnabled();
    await supervisor.press('F12');
    await expect(own.getByRole('dialog')).toBeVisible();
    await own.getByLabel(new RegExp(`^${WORD_TEXT.pin('')}`)).fill(supervisor.pin('pengawas'));
    await supervisor.look('Tanda tangan');
    await supervisor.press('F12');
    await expect(own.getByText(WORD_TEXT.state.applied, { exact: true })).toBeVisible();
    await supervisor.press('Escape', 'Control+;');
    await expect(own.getByRole('heading', { name: DECISIONS_TEXT.title, level: 1 })).toBeVisible();
    // The two computers that were enrolled wait for a word.
    await expect(own.getByRole('button', { name: DECISIONS_TEXT.decide })).toBeEnabled();
    await supervisor.look('Persetujuan');
    await supervisor.press('F12');
    supervisor.faults.push(...(await faultsOfSheet(own, 'Putuskan')));
    const startCode = await supervisor.createOfficer();
    await supervisor.makeCode(province);
    await supervisor.announce();
    await supervisor.saveMonth();
    await supervisor.takeStick(province);
    await supervisor.seenAtTheCounter(officer, startCode);
    expect(supervisor.faults).toEqual([]);
  } finally {
    await device.stop();
    removeCounter(dataDir);
  }
});
