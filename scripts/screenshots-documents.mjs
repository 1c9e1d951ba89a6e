// Takes the pictures of the document intake from the running product. Run by hand after a change of the screens:
// npm run build:renderer && npx node scripts/screenshots-documents.mjs
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APPLICATION_TEXT, HAND_OVER_TEXT } from '../src/renderer/text/application-text.ts';
import { APPROVAL_TEXT } from '../src/renderer/text/approval-text.ts';
import { CAPTURE_TEXT, LIVE_HINTS } from '../src/renderer/text/capture-text.ts';
import { CHECKLIST_TEXT } from '../src/renderer/text/checklist-text.ts';
import { DEVICE_TEXT } from '../src/renderer/text/device-text.ts';
import { DOCUMENTS_TEXT } from '../src/renderer/text/documents-text.ts';
import { FORMS_TEXT, QUEUE_TEXT } from '../src/renderer/text/originals-text.ts';
import { OUTBOX_TEXT } from '../src/renderer/text/outbox-text.ts';
import { READING_TEXT } from '../src/renderer/text/reading-text.ts';
import { cardPhoto, writeCardVideo } from './sample-card.mjs';
import { atKeyboard, inWorld, run } from './screenshot-world.mjs';

const STNK = 'STNK asli';
const LONG_NAME = 'Siti Nur Contoh Wulandari Kusumaningrum binti Haji Abdurrahman';

/** Both colours of one state. */
function both(page) {
  const { picture } = atKeyboard(page);
  return async (name) => {
    await picture(name);
    await picture(`${name}-gelap`, 'dark');
  };
}

async function camera(page) {
  const { press, type, find } = atKeyboard(page);
  const shot = both(page);
  await press('Control+6', 800);
  await type('4');
  await press('F12', 1500);
  await find('AG 2345 KD', '10001');
  await press('F4');
  await press('F4');
  await page.getByText(LIVE_HINTS.good).waitFor();
  await shot('14-kamera');
  await press('Space');
  await page.getByRole('button', { name: CAPTURE_TEXT.keep(1) }).waitFor();
  await shot('15-periksa-halaman');
  await press('F12');
  await page.getByRole('button', { name: CHECKLIST_TEXT.showPhotos(STNK, 1) }).click();
  await page.getByRole('img', { name: CAPTURE_TEXT.shownAs(1) }).waitFor();
  await page.getByRole('button', { name: READING_TEXT.read }).click();
  await page.getByText(READING_TEXT.title).waitFor({ timeout: 60_000 });
  await shot('16-terbaca');
  await press('Escape', 800);
}

async function refusedFile(page) {
  const { press } = atKeyboard(page);
  const shot = both(page);
  const way = (name) => page.getByRole('radiogroup', { name: CAPTURE_TEXT.ways }).getByText(name);
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');
  await page.getByRole('checkbox', { name: /^KTP pemilik/ }).focus();
  await press('F4', 800);
  await way(CAPTURE_TEXT.wayNames.scan).click();
  await page.getByText('stnk-ktp-0001.jpg').waitFor();
  await shot('17-pindai');
  await way(CAPTURE_TEXT.wayNames.file).click();
  await page.locator('input[type=file]').setInputFiles({ name: 'foto.jpg', mimeType: 'image/jpeg', buffer: svg });
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await shot('18-berkas-ditolak');
  await press('Escape', 800);
  await page.getByRole('button', { name: CHECKLIST_TEXT.waiveOf('KTP pemilik') }).click();
  await page.getByLabel(APPROVAL_TEXT.pin, { exact: true }).waitFor();
  await shot('19-tiadakan');
  await press('Escape', 600);
  await page.getByRole('button', { name: CHECKLIST_TEXT.holdOf(STNK, false) }).click();
  await page.waitForTimeout(800);
  await shot('20-syarat');
}

async function sellWithoutLine(page, province) {
  const { press, type } = atKeyboard(page);
  await province.stop();
  await page.getByRole('checkbox', { name: /^KTP pemilik/ }).focus();
  await press('Enter', 600);
  await press('Enter');
  await type('081234567890');
  await press('Enter', 500);
  await press('F8');
  await press('F12', 3000);
  await press('Control+3', 3000);
  await page.getByRole('radiogroup', { name: OUTBOX_TEXT.show }).getByText(OUTBOX_TEXT.all).click();
  await page.waitForTimeout(1500);
  await both(page)('21-kotak-kirim-berkas');
}

async function request(page, provinceData) {
  const { press, type } = atKeyboard(page);
  const shot = both(page);
  await press('Control+5', 1000);
  await press('F12', 800);
  const services = page.getByRole('listbox', { name: APPLICATION_TEXT.services });
  await services.getByText('Perubahan alamat').click();
  await shot('22-pilih-layanan');
  await press('F12');
  await page.getByLabel(APPLICATION_TEXT.name).waitFor();
  await type(LONG_NAME);
  await press('Enter');
  await type('081234567890');
  await page.getByLabel(APPLICATION_TEXT.plate).fill('AG 4321 ED');
  for (const field of await page.getByRole('region', { name: APPLICATION_TEXT.form }).getByRole('textbox').all()) {
    await field.fill('Dusun Contoh 1, Pare');
    await press('Tab', 400);
  }
  await page.locator('[data-row]').first().focus();
  await press('Enter', 600);
  await press('Enter', 600);
  await shot('23-permohonan');
  await press('F12');
  await page.getByText(APPLICATION_TEXT.received).waitFor();
  await page.waitForTimeout(2000);
  await shot('24-permohonan-diterima');
  const listed = await waitForApplication(provinceData);
  const decide = (state, ...more) =>
    run('province', ['application', 'state', '--id', listed, '--state', state, ...more, '--data', provinceData]);
  await decide('in-process', '--agency-number', 'SI-3506-0042');
  await decide('ready');
  await page.getByRole('button', { name: APPLICATION_TEXT.toPage }).click();
  await page.getByRole('button', { name: APPLICATION_TEXT.handOver }).waitFor({ timeout: 120_000 });
  await shot('25-permohonan-siap');
}

async function waitForApplication(provinceData) {
  for (;;) {
    const [row] = await run('province', ['application', 'list', '--data', provinceData]);
    if (row !== undefined) return row.applicationId;
    await new Promise((resume) => setTimeout(resume, 1000));
  }
}

async function drawerQueueForms(page) {
  const { press, type } = atKeyboard(page);
  const shot = both(page);
  const tab = async (name) => {
    await page.getByRole('tab', { name }).click();
    await page.waitForTimeout(1200);
  };
  await tab(DOCUMENTS_TEXT.tabs.drawer);
  await shot('26-laci-berkas');
  await press('F12', 800);
  await page.getByLabel(HAND_OVER_TEXT.name).waitFor();
  await shot('27-serah-terima');
  await press('Escape');
  await tab(DOCUMENTS_TEXT.tabs.queue);
  for (const plate of ['AG 4321 ED', '', 'W 1919 SH']) {
    await press('F4', 600);
    await page.getByLabel(QUEUE_TEXT.plate).waitFor();
    await type(plate);
    await press('F12', 2500);
  }
  await shot('28-antrean');
  await tab(DOCUMENTS_TEXT.tabs.forms);
  await press('F12', 600);
  await page.getByLabel(FORMS_TEXT.from).fill('1001');
  await page.getByLabel(FORMS_TEXT.to).fill('1100');
  await page.getByLabel(FORMS_TEXT.deliveryNote).fill('SP-12/2026');
  await press('F12', 1500);
  for (const serial of ['1001', '1002', '1005']) {
    await press('F8', 600);
    await page.getByLabel(FORMS_TEXT.serial).fill(serial);
    await press('F12', 1500);
  }
  await shot('29-blangko');
  await press('Control+9', 1500);
  await page.getByText(DEVICE_TEXT.cameraTry).click();
  await page.waitForTimeout(3000);
  await shot('30-perangkat');
}

const media = mkdtempSync(join(tmpdir(), 'opop-card-'));
const scans = join(media, 'pindai');
mkdirSync(scans);
await writeCardVideo(join(media, 'kamera.y4m'));
writeFileSync(join(scans, 'stnk-ktp-0001.jpg'), await cardPhoto());
try {
  await inWorld(
    async ({ page, pinOf, province, provinceData }) => {
      const { press, type } = atKeyboard(page);
      await page.getByRole('radio').first().waitFor();
      await type(pinOf('petugas-2'));
      await press('Enter', 1500);
      await press('Control+9', 1500);
      await page.getByLabel(DEVICE_TEXT.scanType).fill(scans);
      await page.getByRole('button', { name: DEVICE_TEXT.scanSet }).click();
      await page.waitForTimeout(800);
      await camera(page);
      await refusedFile(page);
      await sellWithoutLine(page, province);
      const again = await province.start();
      province.stop = again.stop;
      await request(page, provinceData);
      await drawerQueueForms(page);
    },
    {
      browserArgs: [
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${join(media, 'kamera.y4m')}`,
      ],
    },
  );
} finally {
  rmSync(media, { recursive: true, force: true });
}
