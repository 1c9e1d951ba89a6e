import { open, rename, rm } from 'node:fs/promises';
import { fsyncFolderOf } from '../db/durable-file.ts';
import { mediumReason } from '../db/medium-fault.ts';

/** Why an answer is not on the medium, or null; codes only. */
type Problem = string | null;

/**
 * Writes an answer that comes piece by piece: whole or not at all, synced before it has its name. A piece that does not come
 * is told by its own code; what a pulled, full or locked medium leaves behind is taken away where that is possible.
 */
export async function writeAnswerFile(
  file: string,
  pieces: AsyncIterable<{ readonly piece: Uint8Array } | { readonly problem: string }>,
): Promise<Problem> {
  const unfinished = `${file}.unfinished`;
  const giveUp = async (problem: string): Promise<string> =>
    await rm(unfinished, { force: true }).then(
      () => problem,
      () => problem, // a stick that is gone takes its half file with it
    );
  try {
    await rm(unfinished, { force: true });
    const handle = await open(unfinished, 'wx', 0o600);
    try {
      for await (const next of pieces) {
        if ('problem' in next) return await giveUp(next.problem);
        await handle.writeFile(next.piece);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
    fsyncFolderOf(file);
    return null;
  } catch (error) {
    return await giveUp(mediumReason(error));
  }
}
