import { readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { planOpening, startBrowser, thisMachine } from '../shells/browser/browser.ts';
import { machineEnvironment } from '../shells/browser/config.ts';
import { type Command, CommandRefusal, textOption } from './command.ts';

const addressSchema = z.object({ url: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]+$/u) });

async function readAddress(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((fault: unknown) => {
    const isForbidden = fault instanceof Error && 'code' in fault && fault.code === 'EACCES';
    throw new CommandRefusal(
      isForbidden ? 'FORBIDDEN' : 'NOT_RUNNING',
      isForbidden
        ? 'Loket berjalan, tetapi pengguna ini belum boleh membukanya. Pemasang memasukkannya ke grup loket (`adduser NAMA loket`), lalu masuk lagi ke komputer.'
        : 'Loket belum berjalan. Data aman. Hidupkan layanannya (`systemctl start loket-opop`) atau nyalakan ulang komputer.',
      ['address-file'],
    );
  });
  return addressSchema.parse(JSON.parse(text)).url;
}

/** The address opens the counter, and a command line is read by every program: a page of this user's own carries it. */
const pageFor = (url: string): string =>
  `<!doctype html><meta charset="utf-8"><title>Loket OPOP</title><script>location.replace(${JSON.stringify(url)})</script>`;

/** Opens the page of a counter that another user of this computer runs as a service. */
export const openCommand: Command = {
  name: 'open',
  usage: 'loket open --address-file FILE',
  summary: 'opens the page of the counter that runs as a service, for members of its group; returns when it is closed',
  example: 'loket open --address-file /run/loket-opop/address',
  options: { 'address-file': { type: 'string' } },
  run: async (options) => {
    const url = await readAddress(textOption(options, 'address-file'));
    const env = machineEnvironment();
    const page = join(env['XDG_RUNTIME_DIR'] ?? tmpdir(), `loket-${String(process.pid)}.html`);
    const wish = {
      url: pathToFileURL(page).href,
      dataDir: join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'loket-opop'),
      kiosk: false,
    };
    const opening = planOpening(thisMachine(env), wish);
    if (opening.kind === 'address-only') throw new CommandRefusal('NO_BROWSER', `Hanya alamat: ${opening.reason}.`);
    await rm(page, { force: true });
    await writeFile(page, pageFor(url), { mode: 0o600, flag: 'wx' });
    try {
      const browser = await startBrowser(opening);
      if (browser === undefined) throw new CommandRefusal('NO_BROWSER', `${opening.program} tidak dapat dijalankan.`);
      await browser.closed;
    } finally {
      await rm(page, { force: true });
    }
    return 0;
  },
};
