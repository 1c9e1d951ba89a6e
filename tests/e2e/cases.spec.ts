import { createServer } from 'node:net';
import { APPROVAL_TEXT } from '../../src/renderer/text/approval-text.ts';
import { CASE_PAGE_TEXT } from '../../src/renderer/text/case-page-text.ts';
import { CASE_SHEETS_TEXT } from '../../src/renderer/text/case-sheets-text.ts';
import { CASE_KIND_TEXT, CASE_TEXT } from '../../src/renderer/text/case-text.ts';
import { DEVICE_TEXT } from '../../src/renderer/text/device-text.ts';
import { HISTORY_TEXT } from '../../src/renderer/text/history-text.ts';
import { OUTBOX_TEXT } from '../../src/renderer/text/outbox-text.ts';
import { ADD_PRINTER_TEXT } from '../../src/renderer/text/self-test-text.ts';
import { SERVICE_TEXT } from '../../src/renderer/text/service-text.ts';
import { faultsOf, faultsOfSheet } from './support/faults-of.ts';
import type { Officer } from './support/officer.ts';
import { onTheWay } from './support/on-the-way.ts';
import { expect, test } from './support/world.ts';

/** A row of the list of cases, by what happened to the sale. */
const caseOf = ({ page }: Officer, kind: keyof typeof CASE_KIND_TEXT) =>
  page.getByRole('listbox', { name: CASE_TEXT.list }).getByRole('option').filter({ hasText: CASE_KIND_TEXT[kind] });

/** An application for a refund without its photographs, which the next person has to approve. */
async function applyForRefund(officer: Officer, kind: keyof typeof CASE_KIND_TEXT): Promise<void> {
  const dialog = officer.page.getByRole('dialog');
  await officer.pane(CASE_KIND_TEXT[kind]).getByRole('button', { name: CASE_PAGE_TEXT.applyRefund }).click();
  await dialog.getByLabel(CASE_PAGE_TEXT.holder).fill('Contoh Pemilik');
  await dialog.getByLabel(CASE_PAGE_TEXT.bank, { exact: true }).fill('Bank Contoh');
  await dialog.getByLabel(CASE_PAGE_TEXT.account).fill('0012345678');
  await dialog.getByLabel(CASE_PAGE_TEXT.withoutPapers).fill('kamera rusak');
  await officer.press('F12');
  await expect(dialog.getByText(CASE_PAGE_TEXT.requestedNext)).toBeVisible();
  await officer.press('F12');
  await expect(dialog).toBeHidden();
}

/** More than the questions that a printer is asked before a paper. */
const PART_OF_A_PAPER = 100;

/** A printer that breaks off in the middle of each paper: nobody knows what came out. */
async function brokenPrinter(): Promise<Readonly<{ address: string; close: () => void }>> {
  const server = createServer((socket) => {
    let taken = 0;
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      taken += bytes.length;
      if (taken > PART_OF_A_PAPER) socket.resetAndDestroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('no port');
  return { address: `127.0.0.1:${String(at.port)}`, close: () => server.close() };
}

test('an answer about a paper is about that paper alone, and what could not be printed again is told', async ({
  officer,
  page,
}) => {
  const printer = await brokenPrinter();
  await officer.signIn();
  await officer.openCashSession();
  await officer.press('Control+9');
  const form = page.getByRole('form', { name: ADD_PRINTER_TEXT.title });
  await form.getByLabel(ADD_PRINTER_TEXT.kind).selectOption('escpos-network');
  await form.getByLabel(ADD_PRINTER_TEXT.name).fill('Printer rusak');
  await form.getByLabel(ADD_PRINTER_TEXT.target).fill(printer.address);
  await officer.press('Enter');
  await expect(page.getByText(printer.address)).toBeVisible();
  await page.getByRole('button', { name: DEVICE_TEXT.makeFirst }).last().click();
  await officer.press('Control+1');
  await officer.sell('L 1001 EV', '10016');
  await officer.press('Control+4');
  const one = officer.pane(CASE_KIND_TEXT['print-unknown']);
  const ended = one.getByText(CASE_PAGE_TEXT.closed);
  await expect(one.getByRole('button', { name: SERVICE_TEXT.didNotComeOut })).toBeVisible();
  await officer.press('F9');
  await expect(ended).toBeVisible();
  // The copy breaks off too, and is a case of its own: the same key again does not answer it.
  await expect(caseOf(officer, 'print-unknown')).toBeVisible();
  await officer.press('F9', 'Control+o');
  await expect(ended).toBeVisible();
  await officer.press('ArrowDown');
  await expect(one.getByRole('button', { name: SERVICE_TEXT.didNotComeOut })).toBeVisible();
  await onTheWay(page, 'transactions.reprint', async (route) => await route.fulfill({ body: '' }));
  await officer.press('F9');
  await expect(ended).toBeVisible();
  await expect(one.getByText('HOST_SILENT')).toBeVisible();
  printer.close();
});

test('a sale that came short gets a case number, is topped up at the counter, and is booked', async ({
  officer,
  page,
  province,
}) => {
  // Whatever is missing: a supervisor may also let it go.
  await province.setPolicy('cases.waiveShortUpTo=10000000');
  await officer.signIn();
  await officer.openCashSession();
  await province.stop();
  await officer.sell('W 1919 SH', '10024');
  await province.start();
  await officer.press('Control+3');
  await page.getByRole('button', { name: OUTBOX_TEXT.sendNow }).click();
  await officer.press('Control+4');
  const one = officer.pane(CASE_KIND_TEXT.short);
  await expect(one).toBeVisible({ timeout: 60_000 });
  await expect(one.getByRole('button', { name: CASE_PAGE_TEXT.open })).toBeVisible();
  const faults = [...(await faultsOf(page, 'kasus'))];
  await officer.press('F12');
  await expect(one.getByText(/^KS-3506-017-\d{2}-\d{6}$/).first()).toBeVisible();
  await expect(one.getByRole('button', { name: CASE_PAGE_TEXT.collect })).toBeVisible();
  const dialog = page.getByRole('dialog');
  await one.getByRole('button', { name: CASE_PAGE_TEXT.assign }).click();
  await dialog.getByLabel(CASE_PAGE_TEXT.note).fill('warga datang lagi besok');
  faults.push(...(await faultsOf(page, 'Teruskan atau catat')));
  await officer.press('F12');
  await one.getByRole('button', { name: CASE_SHEETS_TEXT.openNote }).click();
  faults.push(...(await faultsOfSheet(page, 'Buka catatan')));
  await one.getByRole('button', { name: CASE_PAGE_TEXT.waive }).click();
  faults.push(...(await faultsOfSheet(page, 'Bebaskan')));
  await officer.press('F12');
  await expect(dialog.getByText(CASE_PAGE_TEXT.missing, { exact: true })).toBeVisible();
  faults.push(...(await faultsOf(page, 'kekurangan')));
  // One press too many takes no money: what was handed over has to be said.
  await officer.hammer('F12', 'F12');
  await officer.press('F8', 'F12');
  await expect(dialog.getByText(CASE_PAGE_TEXT.collectedNext)).toBeVisible();
  faults.push(...(await faultsOf(page, 'kekurangan, diterima')));
  await officer.press('F12');
  await expect(page.getByText(CASE_TEXT.empty)).toBeVisible({ timeout: 60_000 });
  await officer.press('Control+2');
  await expect(page.getByText('dibukukan', { exact: true }).first()).toBeVisible();
  expect(faults).toEqual([]);
});

test('a sale that was sent is asked back on its own day by two people, and its cash goes back against the paper', async ({
  officer,
  page,
  province,
}) => {
  // Whatever the hour at which this runs.
  await province.setPolicy('cases.cancellationUntilHour=24');
  await officer.signIn();
  await officer.openCashSession();
  await province.stop();
  const number = await officer.sell('AE 3333 HD', '10026');
  await officer.sell('S 4444 RJ', '10027');
  await province.start();
  await officer.press('Control+3');
  await page.getByRole('button', { name: OUTBOX_TEXT.sendNow }).click();
  await officer.press('Control+4');
  await expect(caseOf(officer, 'on-hold')).toBeVisible({ timeout: 60_000 });
  await officer.press('Control+7');
  await officer.type('AE 3333 HD');
  await officer.press('Enter');
  await page.getByRole('button', { name: CASE_PAGE_TEXT.sameDay }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(CASE_PAGE_TEXT.sameDayOpen)).toBeVisible();
  const secondPerson = async (): Promise<void> => {
    await dialog.getByLabel(APPROVAL_TEXT.supervisor, { exact: true }).selectOption('pengawas');
    await dialog.getByLabel(APPROVAL_TEXT.pin, { exact: true }).fill(officer.pin('pengawas'));
  };
  await page.getByLabel(CASE_PAGE_TEXT.reason, { exact: true }).fill('salah kendaraan');
  await secondPerson();
  const faults = [...(await faultsOf(page, 'Minta pembatalan hari ini'))];
  await officer.press('F12');
  await expect(dialog).toBeHidden();
  await officer.press('Control+4');
  const due = officer.pane(CASE_KIND_TEXT['refund-due']);
  await caseOf(officer, 'refund-due').click({ timeout: 60_000 });
  await due.getByRole('button', { name: CASE_PAGE_TEXT.applyRefund }).click();
  faults.push(...(await faultsOfSheet(page, 'Ajukan pengembalian')));
  await due.getByRole('button', { name: CASE_PAGE_TEXT.cashRefund }).click();
  await page.getByLabel(CASE_PAGE_TEXT.paper, { exact: true }).focus();
  await officer.scan(number);
  await expect(page.getByLabel(CASE_PAGE_TEXT.paper, { exact: true })).toHaveValue(number);
  await page.getByLabel(CASE_PAGE_TEXT.reason, { exact: true }).fill('pembayaran dibatalkan');
  await page.getByLabel(CASE_PAGE_TEXT.isPayer).check();
  await secondPerson();
  faults.push(...(await faultsOf(page, 'pengembalian')));
  await officer.press('F12');
  await expect(dialog.getByText(HISTORY_TEXT.giveBack)).toBeVisible();
  await officer.press('F12');
  await expect(caseOf(officer, 'refund-due')).toBeHidden();

  // The other sale was refused: its money goes by the bank, or a supervisor says which vehicle it was.
  const rejected = officer.pane(CASE_KIND_TEXT.rejected);
  await expect(due.getByText(CASE_PAGE_TEXT.closed)).toBeVisible();
  await caseOf(officer, 'rejected').click();
  await applyForRefund(officer, 'rejected');
  await rejected.getByRole('button', { name: CASE_PAGE_TEXT.approveRefund }).click();
  faults.push(...(await faultsOfSheet(page, 'Setujui pengembalian')));
  await rejected.getByRole('button', { name: CASE_PAGE_TEXT.reprint }).click();
  faults.push(...(await faultsOfSheet(page, 'Cetak ulang kertas kasus')));
  await officer.signOut();
  await officer.signInAs('pengawas', 2);
  await officer.press('Control+4');
  await rejected.getByRole('button', { name: CASE_PAGE_TEXT.match }).click();
  faults.push(...(await faultsOfSheet(page, 'Cocokkan kendaraan')));
  expect(faults).toEqual([]);
});
