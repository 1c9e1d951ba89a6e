import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { feedPageSchema, keyStatementSchema } from '../../../contract/feeds.ts';
import { signatureSchema } from '../../../contract/primitives.ts';
import type { SignedCertificate } from '../../../contract/receipt-statement.ts';
import type { Db } from '../db/database.ts';
import { readCustodyReceiptsAfter, readKeyPages } from './export-store.ts';
import { readAfter } from './journal-store.ts';

/** First field of an export; `tools/verify` reads this form and no other. */
const FORMAT = 'opop-journal/1';
const BATCH = 200;

const markFileSchema = z.object({ text: z.string().max(1000), sig: signatureSchema });

/** Where the parts of an export go; null leaves a part out. */
export type ExportFiles = { readonly journal: string; readonly custody: string | null; readonly keys: string | null };

/** How many lines each file has, the header of the journal not counted. */
export type Exported = { readonly entries: number; readonly custodyReceipts: number; readonly keyStatements: number };

/** Whose journal it is, and the files of its marks. */
export type ExportOf = { readonly certificate: SignedCertificate; readonly markFiles: readonly string[] };

/** The two places of a device's mark. */
export function markFilesOf(
  config: { readonly dataDir: string; readonly secondMarkDir: string },
  deviceId: string,
): readonly string[] {
  return [join(config.dataDir, 'mark.json'), join(config.secondMarkDir, `mark-${deviceId}.json`)];
}

/** The signed marks that can be read, each text once; whether they hold is for the verifier to say. */
async function readMarks(files: readonly string[]): Promise<readonly z.infer<typeof markFileSchema>[]> {
  const marks = new Map<string, z.infer<typeof markFileSchema>>();
  for (const file of files) {
    const content = await readFile(file, 'utf8').catch(() => ''); // a place that is gone is a mark less
    const mark = content === '' ? undefined : markFileSchema.safeParse(parseJson(content)).data;
    if (mark !== undefined) marks.set(mark.text, mark);
  }
  return [...marks.values()];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (_torn) {
    return undefined; // a torn file is no mark
  }
}

/** Writes a new file of lines; throws when it is there already, and what the disk answers. */
async function writeLines(file: string | null, work: (write: Write) => Promise<void>): Promise<number> {
  if (file === null) return 0;
  const handle: FileHandle = await open(file, 'wx', 0o600);
  let lines = 0;
  try {
    await work(async (values) => {
      lines += values.length;
      if (values.length > 0) await handle.write(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
    });
    await handle.sync();
  } finally {
    await handle.close();
  }
  return lines;
}

type Write = (values: readonly object[]) => Promise<void>;

/**
 * Writes what `tools/verify` needs to check this counter: the journal as NDJSON {text, hash, sig} after a header with the
 * signed certificate and the marks, the custody receipts, and the key statements. Personal data stays ciphertext and no
 * subject key leaves. Reads only; of a counter that works meanwhile the journal is read last, so that it holds whatever
 * receipts and marks speak of. Throws what the disk answers.
 */
export async function exportJournal(db: Pick<Db, 'read'>, files: ExportFiles, of: ExportOf): Promise<Exported> {
  const custodyReceipts = await writeLines(files.custody, async (write) => {
    for (let after = 0; ; ) {
      const batch = await db.read((tx) => readCustodyReceiptsAfter(tx, after, BATCH));
      await write(batch.map(({ text, keyId, sig }) => ({ text, keyId, sig })));
      const last = batch.at(-1);
      if (last === undefined) break;
      after = last.id;
    }
  });
  const keyStatements = await writeLines(files.keys, async (write) => {
    for (const text of await db.read(readKeyPages)) {
      const { items } = feedPageSchema.parse(JSON.parse(text));
      await write(z.array(keyStatementSchema).parse(items));
    }
  });
  const marks = await readMarks(of.markFiles);
  const lines = await writeLines(files.journal, async (write) => {
    await write([{ format: FORMAT, certificate: of.certificate, marks }]);
    for (let after = 0; ; ) {
      const batch = await db.read((tx) => readAfter(tx, after, BATCH));
      await write(batch.map(({ text, hash, sig }) => ({ text, hash, sig })));
      const last = batch.at(-1);
      if (last === undefined) break;
      after = last.seq;
    }
  });
  return { entries: lines - 1, custodyReceipts, keyStatements };
}
