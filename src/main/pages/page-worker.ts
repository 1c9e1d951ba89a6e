import { PageFaultError } from './page-fault.ts';
import { keepPage } from './keep-page.ts';
import { lookAtFile } from './look-page.ts';
import { createCodeReader } from './read-codes.ts';
import { createPageReader } from './read-page.ts';
import type { PageAnswer, PageJob } from './page-jobs.ts';
import { limitDecoder } from './picture.ts';
import { workerChannel } from './worker-channel.ts';
import { watchMemory } from './watch-memory.ts';

/**
 * The program in which pictures are decoded: a process of its own without environment, without a file of ours, with little
 * memory and little time. It gets bytes and answers pixels, and whoever breaks it has broken this one file.
 */
limitDecoder();
watchMemory();
const readCodes = createCodeReader();
const readPage = createPageReader(readCodes);

/** Files of one job are one array of this process; what came over the channel may be a view of something larger. */
async function answerOf(id: number, job: PageJob): Promise<PageAnswer> {
  try {
    switch (job.do) {
      case 'look':
        return { id, looked: await lookAtFile(job.file, job.fromPage, readCodes) };
      case 'keep':
        return { id, kept: await keepPage(job) };
      case 'read':
        return { id, read: await readPage(job.file) };
      default:
        return job satisfies never;
    }
  } catch (error) {
    if (error instanceof PageFaultError) return { id, fault: error.fault };
    throw error;
  }
}

const channel = workerChannel();
channel.onJob((id, job) => {
  // What is no fault of the file ends this process: the next file gets a fresh one.
  void answerOf(id, job).then(channel.answer, (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.name : 'unknown'}\n`);
    process.exit(70);
  });
});
