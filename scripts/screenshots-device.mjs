// Takes the pictures of the desk card in Perangkat and of a start on a data folder that takes no data. Run by hand after a
// change of the screens: npm run build:renderer && npx node scripts/screenshots-device.mjs
import { fileURLToPath } from 'node:url';
import { serveRefusal } from '../src/main/shells/browser/serve-counter.ts';
import { DEVICE_TEXT } from '../src/renderer/text/device-text.ts';
import { atKeyboard, inWorld } from './screenshot-world.mjs';

const FOLDER = '/var/lib/loket/counter';

await inWorld(async ({ page, pinOf }) => {
  const { press, picture, type } = atKeyboard(page);
  const both = async (name) => {
    await picture(name);
    await picture(`${name}-gelap`, 'dark');
  };
  await page.getByRole('radio', { checked: true }).waitFor();
  await type(pinOf('petugas-2'));
  await press('Enter', 1500);
  await press('Control+9');
  await page.getByRole('heading', { name: DEVICE_TEXT.title, exact: true, level: 1 }).waitFor();
  await press('F10');
  const saved = page.getByText(/kartu-meja-3506-017/);
  await saved.waitFor({ timeout: 60_000 });
  await saved.scrollIntoViewIfNeeded();
  await both('161-kartu-meja');

  const refusal = { code: 'DATA_FOLDER_UNUSABLE', details: { reason: 'READ_ONLY', folder: FOLDER } };
  const pageFolder = fileURLToPath(new URL('../out/renderer', import.meta.url));
  const host = await serveRefusal(refusal, { pageFolder, port: 0 });
  await page.goto(host.value.url);
  await page.getByText(FOLDER).waitFor();
  await both('162-folder-data-terkunci');
  await host.value.close();
});
