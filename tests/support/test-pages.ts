import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Api } from '../../src/contract/api.ts';
import type { SentInputOf } from '../../src/contract/procedure.ts';
import type { TestCounter } from './test-counter.ts';

type Keep = SentInputOf<Api['documents.keep']>;

/** A card of invented data on a dark table, as a camera sees it: a light quad with lines of text. */
export async function cardPhoto(
  text: string,
  { width = 1600, height = 1200, quality = 90 }: { width?: number; height?: number; quality?: number } = {},
): Promise<Buffer> {
  const lines = Array.from({ length: 9 }, (_, n) => {
    const y = 300 + n * 70;
    return `<text x="320" y="${String(y)}" font-size="44" font-family="monospace" fill="#111">${text} ${String(n)}${'ABCDEFGHJK'.slice(n)}</text>`;
  }).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 1200" width="${String(width)}" height="${String(height)}">
    <rect width="1600" height="1200" fill="#4a3a2c"/><polygon points="270,190 1330,220 1310,960 250,930" fill="#dfe9ef"/>${lines}</svg>`;
  return await sharp(Buffer.from(svg)).jpeg({ quality }).toBuffer();
}

/** Brings a file into the tray, in parts as a screen does. */
export async function takenIn(counter: TestCounter, stream: string, file: Uint8Array, camera = false): Promise<string> {
  const { intakeId, partBytes } = await counter.get('documents.begin-intake', { stream, bytes: file.length, camera });
  for (let offset = 0; offset < file.length; offset += partBytes) {
    const data = Buffer.from(file.subarray(offset, offset + partBytes)).toString('base64');
    await counter.get('documents.add-part', { intakeId, offset, data });
  }
  return intakeId;
}

/** What is kept of a file: its first page, whole, unless said otherwise. */
export function wholePage(intakeId: string, kind: string, over: Partial<Keep> = {}): Keep {
  return { intakeId, kind, pages: [{ pageNo: 1, quad: null, turn: 0 }], ...over };
}

/** Takes a file in and keeps its first page. */
export async function keptFile(counter: TestCounter, stream: string, file: Uint8Array, kind = 'stnk'): Promise<string> {
  const intakeId = await takenIn(counter, stream, file);
  const { pages } = await counter.get('documents.keep', wholePage(intakeId, kind));
  const [page] = pages;
  if (page === undefined) throw new Error('nothing was kept');
  await counter.get('documents.drop-intake', { intakeId });
  return page.documentId;
}

/** Identities of the pages whose files lie in the data folder. Anything else that lies there fails the caller. */
export function pagesOnDisk(counter: TestCounter): readonly string[] {
  const root = join(counter.config.dataDir, 'pages');
  if (!existsSync(root)) return [];
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ name }) => {
    if (!name.endsWith('.page')) throw new Error(`${name} lies beside the pages`);
    return name.slice(0, -'.page'.length);
  });
}
