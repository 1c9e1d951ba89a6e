// The chapter *Antrean ditolak* of docs/runbook, walked by walk-runbook.mjs: its screens in light and dark are its pictures.
import assert from 'node:assert/strict';
import { asideReason } from '../src/renderer/text/aside-text.ts';
import { CASE_KIND_TEXT, CASE_TEXT } from '../src/renderer/text/case-text.ts';
import { LIFE_STEP_TEXT } from '../src/renderer/text/history-text.ts';
import { OUTBOX_TEXT } from '../src/renderer/text/outbox-text.ts';
import { ask, run } from './screenshot-world.mjs';

const BOOKED = /^dibukukan$/u;

/** A province from before the entry of a sale was known; every other program of it is of today. */
async function olderProvince({ province }) {
  const hook = `
    import { registerHooks } from 'node:module';
    import { readFileSync } from 'node:fs';
    const known = 'return Object.hasOwn(entryBodySchemas, type)';
    registerHooks({ load: (url, context, next) => {
      if (!url.endsWith('/province/ingest/read-body.ts')) return next(url, context);
      const source = readFileSync(new URL(url), 'utf8');
      if (!source.includes(known)) throw new Error('no such line in read-body.ts');
      return { format: 'module-typescript', shortCircuit: true,
        source: source.replace(known, "return type !== 'transaction.paid' && Object.hasOwn(entryBodySchemas, type)") };
    } });`;
  const before = process.env['NODE_OPTIONS'] ?? '';
  process.env['NODE_OPTIONS'] = `${before} --import=data:text/javascript,${encodeURIComponent(hook)}`;
  try {
    return await province.start();
  } finally {
    process.env['NODE_OPTIONS'] = before;
  }
}

/** Antrean ditolak: an older province keeps a sale that it cannot read; it is upgraded, judges again, tells the counter and books. */
export async function refusedQueue(world, say) {
  const { counter, page, picture, press, province, provinceData } = world;
  const both = async (name) => {
    await picture(name);
    await picture(`${name}-gelap`, 'dark');
  };
  const older = await olderProvince(world);
  const figures = async () => (await ask(counter, 'counter.status', {})).outbox;
  await press('Control+3', 500);
  await press('F12', 500);
  await page.getByText(OUTBOX_TEXT.quarantined(1)).waitFor({ timeout: 60_000 });
  await page.getByRole('contentinfo').getByText('1 ditahan Bapenda').waitFor();
  await both('163-kotak-kirim-ditahan');
  say('Antrean ditolak', 'the officer reads it in Kotak Kirim and in the bar', await figures());
  await page.keyboard.press('Escape');
  await press('Control+4', 1500);
  await page.getByText(CASE_KIND_TEXT.quarantined).first().waitFor();
  await page.getByText(asideReason('QUARANTINED:UNKNOWN_TYPE')).waitFor();
  await both('164-kasus-ditahan');
  say('Antrean ditolak', 'and in Perlu Tindakan, with why and what comes next');
  const [item, ...more] = await run('province', ['aside', '--data', provinceData]);
  assert.equal(more.length, 0);
  assert.equal(item.word, 'QUARANTINED:UNKNOWN_TYPE');
  say('Antrean ditolak', 'what waits at Bapenda', item);
  const incidents = await run('province', ['incidents', '--data', provinceData]);
  say('Antrean ditolak', 'incidents at Bapenda', { incidents: incidents.map(({ kind }) => kind) });
  await older.stop();
  const newer = await province.start();
  // It judges again by itself; the case closes, and the bar says that all is received.
  await page.getByText(CASE_TEXT.empty).waitFor({ timeout: 60_000 });
  assert.deepEqual(await run('province', ['aside', '--data', provinceData]), []);
  say('Antrean ditolak', 'the newer program at Bapenda has judged it again, and nothing waits there');
  await page.getByRole('contentinfo').getByText('semua terkirim').waitFor({ timeout: 60_000 });
  const after = await figures();
  assert.deepEqual([after.quarantined, after.unsent, after.health], [0, 0, 'ok']);
  await press('Control+7', 800);
  await page.getByText(BOOKED).first().waitFor({ timeout: 60_000 });
  await page.getByText(LIFE_STEP_TEXT.released).waitFor();
  await both('165-riwayat-ditahan-lalu-diterima');
  await press('Control+3', 500);
  await page.getByText(OUTBOX_TEXT.emptyMoney).waitFor();
  await page.getByText(OUTBOX_TEXT.all, { exact: true }).click();
  await page
    .getByText(/^ditahan Bapenda .*, diterima /u)
    .first()
    .waitFor();
  await both('166-kotak-kirim-diterima-lagi');
  await page.getByText(OUTBOX_TEXT.unsentOnly, { exact: true }).click();
  say('Antrean ditolak', 'received and booked; nothing is red, the history keeps since when and until when', after);
  return newer;
}
