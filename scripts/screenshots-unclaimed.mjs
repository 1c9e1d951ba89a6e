// Takes the pictures of a refund that nobody fetched from the running product. Run by hand after a change of the screens:
// npm run build:renderer && npx node scripts/screenshots-unclaimed.mjs
import { UNCLAIMED_TEXT } from '../src/renderer/text/unclaimed-text.ts';
import { ask, atKeyboard, inWorld, run } from './screenshot-world.mjs';

/** Tries until it is so: both sides work by themselves, in seconds. */
async function until(page, task) {
  for (let tries = 0; tries < 60; tries += 1) {
    const found = await task();
    if (found !== undefined) return found;
    await page.waitForTimeout(1000);
  }
  throw new Error('it never came to that');
}

/** A whole sale without a line, as the screens ask for it. */
async function sellNow(counter, text, chassisTail) {
  const [{ vehicleId }] = await ask(counter, 'vehicles.find', { text });
  const { transactionId } = await ask(counter, 'transactions.begin', { vehicleId });
  const { documents } = await ask(counter, 'transactions.confirm', { transactionId, chassisTail });
  const present = documents.map(({ kind }) => ({ kind, present: true }));
  await ask(counter, 'transactions.set-documents', { transactionId, documents: present });
  const payer = { name: 'Budi Pembayar', phone: '081234567890', blankReason: null, isOwner: true };
  const { amount } = await ask(counter, 'transactions.set-payer', { transactionId, ...payer });
  const { payable } = amount;
  await ask(counter, 'transactions.pay', { transactionId, tendered: payable, expectedPayable: payable });
}

await inWorld(async ({ page, counter, pinOf, province, provinceData }) => {
  const { press, picture } = atKeyboard(page);
  await ask(counter, 'sign-in.begin', { officerId: 'petugas-2', pin: pinOf('petugas-2') });
  await page.waitForTimeout(1500);
  await ask(counter, 'cash-session.open', { float: [{ denomination: 50_000, count: 4 }] });
  await province.stop();
  await sellNow(counter, 'P 2929 OV', '10025');
  await sellNow(counter, 'W 1919 SH', '10024');
  const again = await province.start();
  const own = await until(page, async () => {
    const rows = (await ask(counter, 'exceptions.list', {})) ?? [];
    return rows.find((row) => row.kind === 'over');
  });
  const { transactionId, caseId } = own;
  await ask(counter, 'cases.open', { caseId });
  const person = { accountHolder: 'BUDI PEMBAYAR', bank: 'Bank Jatim', accountNumber: '0012 3456', phone: null };
  const asked = await ask(counter, 'refunds.request', { transactionId, ...person, withoutPapers: 'kamera rusak' });
  const approval = { by: 'pin', supervisorId: 'pengawas', pin: pinOf('pengawas') };
  await ask(counter, 'refunds.approve', { refundId: asked.refundId, approval });
  await ask(counter, 'outbox.send-now', {});
  const word = ['refund', '--unclaimed', asked.refundId, '--by', 'Bendahara', '--data', provinceData];
  await until(page, () => run('province', word).catch(() => undefined));
  await until(page, async () => {
    await ask(counter, 'outbox.send-now', {});
    return (await ask(counter, 'exceptions.list', {})).find((row) => row.unclaimed !== null);
  });
  await press('Control+4', 800);
  await page.getByRole('button', { name: UNCLAIMED_TEXT.filter(1) }).click();
  await page.getByRole('region', { name: UNCLAIMED_TEXT.title }).waitFor();
  await page.waitForTimeout(800);
  await picture('75-belum-diambil');
  await picture('75-belum-diambil-gelap', 'dark');
  await again.stop();
});
