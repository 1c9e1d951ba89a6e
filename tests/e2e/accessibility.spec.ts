import { KEYS_TEXT } from '../../src/renderer/text/keys-text.ts';
import { LOCK_TEXT } from '../../src/renderer/text/sign-in-text.ts';
import { SERVICE_TEXT } from '../../src/renderer/text/service-text.ts';
import { WHY_TEXT } from '../../src/renderer/text/explanation-text.ts';
import { faultsOf } from './support/faults-of.ts';
import { expect, test } from './support/world.ts';

const SCREENS = {
  'Control+2': 'Hari ini',
  'Control+3': 'Kotak Kirim',
  'Control+4': 'Perlu Tindakan',
  'Control+5': 'Berkas',
  'Control+6': 'Sesi Kas',
  'Control+7': 'Riwayat',
  'Control+8': 'Laporan',
  'Control+9': 'Perangkat',
} as const;
/** Two receipts for the lists, each scheme its own. */
const PLATES = { light: ['AG 1111 HI', '10002'], dark: ['M 2828 BK', '10019'] } as const;

for (const scheme of ['light', 'dark'] as const) {
  test(`every screen can be read and used by everyone (${scheme})`, async ({ officer, page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    const faults: string[] = [];
    const look = async (place: string): Promise<void> => {
      faults.push(...(await faultsOf(page, place)));
    };
    await officer.expectPinField();
    await look('Masuk');
    await officer.signIn();
    await officer.press('Control+6');
    await expect(page.getByRole('heading', { name: 'Buka sesi kas' })).toBeVisible();
    await look('Sesi Kas, buka');
    await officer.openCashSession();
    await look('Layanan, kosong');

    const [plate, tail] = PLATES[scheme];
    await officer.find(plate);
    await officer.confirm(tail);
    await look('Layanan, terisi');
    await officer.press('F6');
    await expect(page.getByRole('dialog', { name: WHY_TEXT.title })).toBeVisible();
    await look('Mengapa');
    await officer.press('Escape', 'F4');
    await officer.tickAndName('081234567890');
    await officer.press('F8', 'F12');
    await officer.receiptNumber();
    await look('Layanan, selesai');
    await officer.find('AG 9999 XX');
    await expect(page.getByRole('region', { name: SERVICE_TEXT.stillPossible })).toBeVisible();
    await look('Layanan, tidak dikenal');

    for (const [key, heading] of Object.entries(SCREENS)) {
      await officer.press(key);
      await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
      if (key === 'Control+7') await officer.press('ArrowDown');
      await look(heading);
    }
    await officer.press('F1');
    await expect(page.getByRole('dialog', { name: KEYS_TEXT.title })).toBeVisible();
    await look('F1');
    await officer.press('Escape', 'Control+l');
    await expect(page.getByRole('heading', { name: LOCK_TEXT.title })).toBeVisible();
    await look('Kunci layar');
    expect(faults).toEqual([]);
  });
}
