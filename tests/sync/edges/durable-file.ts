// Stands in place of src/main/core/db/durable-file.ts in a simulated world (`register.ts`): the same writing, watched.
import * as real from '../../../src/main/core/db/durable-file.ts';
import { reach } from './io-points.ts';

export { fsyncFolderOf } from '../../../src/main/core/db/durable-file.ts';

export async function writeDurably(...args: Parameters<typeof real.writeDurably>): Promise<void> {
  reach('before-durable', args[0]);
  await real.writeDurably(...args);
  reach('after-durable', args[0]);
}
