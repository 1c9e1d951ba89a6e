import { setTimeout as delay } from 'node:timers/promises';
import { APPLICATION_TEXT, HAND_OVER_TEXT } from '../../src/renderer/text/application-text.ts';
import { CHECKLIST_TEXT } from '../../src/renderer/text/checklist-text.ts';
import { photograph } from './support/capture.ts';
import { faultsOf } from './support/faults-of.ts';
import type { Officer } from './support/officer.ts';
import { onTheWay } from './support/on-the-way.ts';
import { writeCardVideo } from './support/papers.ts';
import { expect, test } from './support/world.ts';

// A request from the form to the handing-over, with a look at every screen.
test.describe.configure({ timeout: 360_000 });
test.beforeAll(() => writeCardVideo(1));

/** The first paper of a request, as its line says it. */
async function labelOfFirst(officer: Officer): Promise<string> {
  const named = officer.pane(APPLICATION_TEXT.documents).locator('[data-line]').first().getByRole('button').last();
  const name = (await named.getAttribute('aria-label')) ?? '';
  return name.replace(/^Foto (\d+ halaman )?/, '').replace(/: (ambil|lihat)$/, '');
}

/** Chooses a service and fills its form; the papers are not seen yet. */
async function fillIn(officer: Officer): Promise<void> {
  const { page } = officer;
  await officer.press('Control+5');
  await expect(page.getByText(APPLICATION_TEXT.empty)).toBeVisible();
  await officer.press('F12');
  const services = page.getByRole('listbox', { name: APPLICATION_TEXT.services });
  await services.getByText('Perubahan alamat').click();
  await officer.press('F12');
  await expect(page.getByLabel(APPLICATION_TEXT.name)).toBeFocused();
  await officer.type('Sri Contoh Wulandari');
  await fillFields(officer);
}

/** The plate and every field of the service that is still empty. */
async function fillFields(officer: Officer): Promise<void> {
  const form = officer.pane(APPLICATION_TEXT.form);
  await officer.page.getByLabel(APPLICATION_TEXT.plate).fill('AG 4321 ED');
  for (const field of await form.getByRole('textbox').all()) {
    if ((await field.inputValue()) === '') await field.fill('Jalan Contoh 1');
    await officer.press('Tab');
  }
  for (const field of await form.getByRole('combobox').all()) await field.selectOption({ index: 1 });
}

test('papers for the Samsat Induk go from the form to the province, come back ready, and are handed over', async ({
  officer,
  page,
  province,
}) => {
  const faults: string[] = [];
  const look = async (place: string): Promise<void> => void faults.push(...(await faultsOf(page, place)));
  await officer.signIn();
  await officer.press('Control+5');
  await expect(page.getByText(APPLICATION_TEXT.empty)).toBeVisible();
  await look('Permohonan, kosong');
  await officer.press('F12');
  const services = page.getByRole('listbox', { name: APPLICATION_TEXT.services });
  await services.getByText('Perubahan alamat').click();
  await look('Pilih layanan');
  await officer.press('F12');
  await expect(page.getByLabel(APPLICATION_TEXT.name)).toBeFocused();
  await officer.type('Sri Contoh Wulandari');
  await officer.press('Enter');
  await officer.type('081234567890');
  await officer.press('F12');
  // What is not valid is marked where it stands; nothing was received.
  await expect(page.getByText('SERVICE_FORM_INVALID')).toBeVisible();
  await look('Isian belum lengkap');
  await fillFields(officer);

  // The power goes: what was typed is there again.
  await page.reload();
  await expect(page.getByRole('contentinfo')).toBeVisible();
  await officer.press('Control+5');
  await page.getByRole('button', { name: APPLICATION_TEXT.resume }).first().press('Enter');
  await expect(page.getByLabel(APPLICATION_TEXT.name)).toHaveValue('Sri Contoh Wulandari');

  const papers = officer.pane(APPLICATION_TEXT.documents);
  const boxes = papers.locator('[data-row]');
  // The core ticks, the screen shows it: each line is there before the next key.
  await boxes.first().focus();
  for (const box of await boxes.all()) {
    await officer.press('Space');
    await expect(box).toBeChecked();
    await officer.press('ArrowDown');
  }
  await boxes.first().focus();
  await officer.press('F4');
  await photograph(officer, await labelOfFirst(officer));
  await papers.getByRole('button', { name: CHECKLIST_TEXT.holdOf(await labelOfFirst(officer), false) }).press('Enter');
  await look('Permohonan, terisi');
  await officer.press('F12');
  await expect(page.getByText(APPLICATION_TEXT.received)).toBeVisible();
  await expect(page.getByText(APPLICATION_TEXT.complete)).toBeVisible();
  await look('Permohonan, diterima');

  await expect.poll(async () => (await province.applicationIds()).length, { timeout: 60_000 }).toBe(1);
  const [applicationId = ''] = await province.applicationIds();
  await province.decideApplication(applicationId, 'in-process');
  await province.decideApplication(applicationId, 'ready');
  await page.getByRole('button', { name: APPLICATION_TEXT.toPage }).press('Enter');
  const row = page.getByRole('listbox', { name: APPLICATION_TEXT.list }).getByRole('option');
  await expect(row).toContainText('siap diambil', { timeout: 60_000 });
  await expect(page.getByRole('button', { name: APPLICATION_TEXT.handOver })).toBeVisible();
  await look('Permohonan, siap');
  await officer.press('F4');
  await expect(page.getByLabel(HAND_OVER_TEXT.name)).toHaveValue('Sri Contoh Wulandari');
  await look('Serah terima');
  // A second press of a key hands nothing over: nobody has said yet how it was made sure.
  await expect(page.getByRole('button', { name: HAND_OVER_TEXT.submit })).toBeDisabled();
  await officer.press('1', 'F12');
  await expect(page.getByText(APPLICATION_TEXT.handedOver)).toBeVisible();
  expect(faults).toEqual([]);
});

test('what is typed while the counter still saves is received too, with one press', async ({ officer, page }) => {
  await officer.signIn();
  await fillIn(officer);
  const boxes = officer.pane(APPLICATION_TEXT.documents).locator('[data-row]');
  await onTheWay(page, 'applications.change', async (route) => {
    await delay(400);
    await route.continue();
  });
  // A tick, the next one, the phone, and the key: quicker than the disk.
  await boxes.first().focus();
  for (let at = 0; at < (await boxes.count()); at += 1) await officer.press('Space', 'ArrowDown');
  await page.getByLabel(APPLICATION_TEXT.phone).fill('081234567890');
  await officer.press('F12');
  await expect(page.getByText(APPLICATION_TEXT.received)).toBeVisible();
  await expect(page.getByText(APPLICATION_TEXT.complete)).toBeVisible();
});

test('a request is not received without what could not be kept, and only with what stands on the screen', async ({
  officer,
  page,
}) => {
  await officer.signIn();
  await fillIn(officer);
  const plate = page.getByLabel(APPLICATION_TEXT.plate);
  const received = page.getByText(APPLICATION_TEXT.received);
  await plate.fill('AG 4321 EDXX');
  await officer.press('F12');
  await expect(page.getByText('SERVICE_FORM_INVALID')).toBeVisible();
  await expect(received).toBeHidden();
  await plate.fill('AG 4322 ED');
  await officer.press('Tab');
  await expect(page.getByText('SERVICE_FORM_INVALID')).toBeHidden();

  await onTheWay(page, 'applications.change', async (route) => await route.fulfill({ body: '' }));
  await page.getByLabel(APPLICATION_TEXT.phone).fill('081234567890');
  await page.getByLabel(APPLICATION_TEXT.isSubject).click();
  await plate.fill('AG 4399 ED');
  await officer.press('F12');
  await expect(page.getByText('HOST_SILENT')).toBeVisible();
  await expect(received).toBeHidden();
  // A box stands as it was set, as a field does; and a plate that is taken back is back.
  await expect(page.getByLabel(APPLICATION_TEXT.isSubject)).toBeChecked({ checked: false });
  await page.unroute('**/rpc');
  await plate.fill('AG 4322 ED');
  await officer.press('F12');
  await expect(received).toBeVisible();
  // What the line had cut off was sent again before the request was received.
  await page.getByRole('button', { name: APPLICATION_TEXT.toPage }).press('Enter');
  await expect(page.getByText('081234567890')).toBeVisible();
  await expect(page.getByText('AG 4322 ED').first()).toBeVisible();

  // The papers come later: Enter ticks them all and leads to the act, which is a press of its own.
  const late = page.getByRole('region', { name: APPLICATION_TEXT.completeTitle });
  const act = late.getByRole('button', { name: APPLICATION_TEXT.completeNow });
  const open = await late.locator('[data-open=true]').count();
  await late.locator('[data-step]').focus();
  await officer.press(...Array.from({ length: open - 1 }, () => 'Enter'));
  await page.keyboard.down('Enter');
  await expect(act).toBeFocused();
  // Held down, it is no press.
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(late.locator('[data-open=true]')).toHaveCount(0);
  await officer.press('F8');
  await expect(late).toBeHidden();
  await expect(page.getByText(APPLICATION_TEXT.missing, { exact: true })).toBeHidden();
});
