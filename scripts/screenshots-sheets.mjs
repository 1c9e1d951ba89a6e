// Takes the pictures of sheets that stand beside the other sets. Run by hand after a change of the screens:
// npm run build:renderer && npx node scripts/screenshots-sheets.mjs [folder for the papers on A4]
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { APPROVAL_TEXT, DOOR_TEXT } from '../src/renderer/text/approval-text.ts';
import { CASE_PAGE_TEXT } from '../src/renderer/text/case-page-text.ts';
import { CASE_SHEETS_TEXT } from '../src/renderer/text/case-sheets-text.ts';
import { CASE_KIND_TEXT } from '../src/renderer/text/case-text.ts';
import { DRAWER_TEXT } from '../src/renderer/text/drawer-text.ts';
import { ask, atKeyboard, inWorld } from './screenshot-world.mjs';

const [papers] = process.argv.slice(2);
const region = (page, kind) => page.getByRole('region', { name: CASE_KIND_TEXT[kind], exact: true });

async function caseOfSale({ page, counter, both, press }) {
  await press('Control+4', 800);
  await region(page, 'on-hold').waitFor({ timeout: 90_000 });
  const [{ caseId, transactionId }] = await ask(counter, 'exceptions.list', {});
  await ask(counter, 'cases.open', { caseId });
  await ask(counter, 'cases.note', { caseId, note: 'Pembayar datang Senin bersama Bu Siti dari bengkel' });
  await page.waitForTimeout(1200);
  await page.getByText(CASE_PAGE_TEXT.papersTitle).scrollIntoViewIfNeeded();
  await both('59-berkas-pengembalian');
  await page.getByRole('button', { name: CASE_SHEETS_TEXT.openNote }).click();
  await page.getByLabel(CASE_PAGE_TEXT.reason, { exact: true }).fill('pembayar menelepon');
  await press('F12', 800);
  await both('80-catatan-dibuka');
  await press('Escape', 500);
  await page.getByRole('button', { name: CASE_PAGE_TEXT.photograph }).first().click();
  await page.waitForTimeout(900);
  await both('81-foto-berkas-pengembalian');
  await press('Escape', 500);
  await ask(counter, 'cases.print-letter', { caseId });
  await ask(counter, 'refunds.request', {
    transactionId,
    accountHolder: 'Siti Nur Contoh',
    bank: 'Bank Jatim',
    accountNumber: '0012345678',
    phone: null,
    withoutPapers: 'berkas menyusul',
  });
  await page.waitForTimeout(1500);
}

async function gapCase({ page, counter, both, press }) {
  await ask(counter, 'emergency.receive-book', { from: 1, to: 25, note: 'SP-12/2026' });
  await ask(counter, 'emergency.spoil', { bookNumber: 4, reason: 'salah tulis' });
  await page.waitForTimeout(800);
  await page.getByRole('option').filter({ hasText: CASE_KIND_TEXT['emergency-gap'] }).click();
  await page.waitForTimeout(800);
  await page.getByRole('button', { name: CASE_SHEETS_TEXT.declareMissing }).click();
  await page.waitForTimeout(600);
  await both('82-lembar-hilang');
  await press('Escape', 500);
}

async function drawer({ page, both, press, type, pinOf }) {
  await press('Control+6', 1000);
  await press('Control+h', 800);
  await type('5');
  await page.getByLabel(DRAWER_TEXT.typedTotal).fill('500000');
  await both('43-serah-terima-laci');
  await page.getByLabel(/^PIN /u).first().fill(pinOf('petugas-2'));
  await page.getByLabel(/^PIN /u).last().fill(pinOf('petugas-1'));
  await press('F12', 2500);
  await press('F12', 800);
  await press('Control+6', 1000);
  await page.getByRole('button', { name: DRAWER_TEXT.slipAgain }).first().click();
  await page.waitForTimeout(600);
  await both('83-salin-slip');
  await press('Escape', 500);
}

async function locked({ page, both, press }) {
  await press('Control+l', 1000);
  await page.getByRole('button', { name: DOOR_TEXT.open }).click();
  const door = page.getByRole('dialog');
  await door.getByText(DOOR_TEXT.reset, { exact: true }).click();
  await door.getByLabel(APPROVAL_TEXT.supervisor, { exact: true }).waitFor();
  await page.waitForTimeout(500);
  await both('84-pintu-layar-terkunci');
}

await inWorld(async ({ page, counter, pinOf, province, work }) => {
  const { press, type, sell, picture } = atKeyboard(page);
  const both = async (name) => {
    await picture(name);
    await picture(`${name}-gelap`, 'dark');
  };
  const world = { page, counter, pinOf, both, press, type };
  await page.getByRole('radio', { checked: true }).waitFor();
  await page.waitForTimeout(800);
  await type(pinOf('petugas-2'));
  await press('Enter', 1500);
  const folder = join(work, 'kertas');
  mkdirSync(folder);
  const printer = { printerId: 'a4', kind: 'pdf', name: 'A4', target: folder, widthMm: 210, role: 'first' };
  await ask(counter, 'printing.set-printers', { printers: [printer] });
  await press('Control+6', 800);
  await type('2');
  await press('F12', 1500);
  await province.stop();
  await sell('AE 3333 HD', '10026');
  const again = await province.start();
  await caseOfSale(world);
  await gapCase(world);
  await drawer(world);
  await locked(world);
  if (papers !== undefined && existsSync(folder))
    for (const file of readdirSync(folder)) copyFileSync(join(folder, file), join(papers, file));
  await again.stop();
});
