// Takes the pictures of the reports from the running product. Run by hand after a change of the screens:
// npm run build:renderer && npx node scripts/screenshots-reports.mjs
import { monthActs } from '../bench/scene/report-month.ts';
import { openData } from '../bench/scene/opened-data.ts';
import { systemRandom } from '../src/main/core/device/system-ports.ts';
import { createTimekeeper } from '../src/main/core/device/timekeeper.ts';
import { uuidV7 } from '../src/main/core/device/uuid.ts';
import { createJournal } from '../src/main/core/journal/journal.ts';
import { createMarks } from '../src/main/core/journal/mark.ts';
import { createSubjectKeys } from '../src/main/core/journal/subject-keys.ts';
import { REPORT_NAMES, REPORTS_TEXT } from '../src/renderer/text/reports-text.ts';
import { createFakeClock } from '../tests/support/fake-clock.ts';
import { createHand } from '../tests/support/report-ledger.ts';
import { atKeyboard, inWorld } from './screenshot-world.mjs';

const DAYS = 14;
const SALES_A_DAY = 41;
const SALES_TODAY = 17;

/** Two weeks of work in the journal of an enrolled counter that does not run yet. */
async function work(dataDir) {
  const { config, db, device, secrets } = await openData(dataDir);
  const random = systemRandom();
  const clock = createFakeClock(Date.now() - DAYS * 86_400_000 - 60_000);
  const silent = { write: () => undefined };
  const journal = createJournal({
    db,
    secrets,
    device: { ...device, outletId: device.outlet.outletId, appVersion: config.appVersion },
    timekeeper: createTimekeeper(clock, { lastEntry: null, anchor: null, feedMs: 0 }),
    marks: createMarks({ ...config, deviceId: device.deviceId, secrets, log: silent }),
    random,
    events: { publish: () => undefined },
    log: silent,
  });
  const newId = () => uuidV7(clock.wallMs(), random.bytes(16));
  const hand = createHand({ journal, newId, subjectKeys: createSubjectKeys(secrets, random), clock, device }, [
    'petugas-1',
    'petugas-2',
  ]);
  await hand([...monthActs(5, DAYS, SALES_A_DAY), { do: 'deposit', share: 95 }]);
  await hand(
    monthActs(6, 1, SALES_TODAY)
      .slice(0, -1)
      .filter((act) => act.do !== 'deposit'),
  );
  await db.close();
}

async function reports({ page, pinOf }) {
  const { press, type, picture } = atKeyboard(page);
  const both = async (name) => {
    await picture(name);
    await picture(`${name}-gelap`, 'dark');
  };
  await page.getByRole('radio').last().waitFor();
  await page
    .getByText(/Pengawas|Supervisor/i)
    .first()
    .click();
  await type(pinOf('pengawas'));
  await press('Enter', 1500);
  await press('Control+8', 1500);
  const kinds = page.getByRole('listbox', { name: REPORTS_TEXT.list });
  const made = page.locator('[aria-busy="false"]').getByText(REPORTS_TEXT.rowHint);
  const show = async (kind) => {
    await kinds.getByText(REPORT_NAMES[kind], { exact: true }).click();
    await page.waitForTimeout(400);
    await made.waitFor();
    await page.waitForTimeout(600);
  };
  await page.getByRole('radiogroup', { name: REPORTS_TEXT.period }).getByText(REPORTS_TEXT.presets.week).click();
  await page.waitForTimeout(400);
  await made.waitFor();
  await page.waitForTimeout(1000);
  await both('61-laporan-harian');
  await show('bku');
  await both('62-buku-kas-umum');
  await show('beneficiary');
  await both('63-hak-penerima');
  await show('cash-age');
  await both('64-umur-kas');
  await show('sts');
  await both('65-sts');
  await show('cash-session');
  await both('66-sesi-kas');
  await page.getByRole('listbox').last().focus();
  await press('Enter', 1500);
  await both('67-entri');
  await press('Escape', 600);
  await show('bku');
  await press('F12', 1200);
  await press('F12', 2500);
  await both('68-laporan-tersimpan');
  await press('Escape', 600);
}

await inWorld(reports, { prepare: work });
