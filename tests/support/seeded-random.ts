import { hash } from 'node:crypto';
import type { RandomPort } from '../../src/main/core/ports.ts';

/** Randomness that the seed decides: the same seed gives the same keys, ids and nonces. */
export function createSeededRandom(seed: number | string): RandomPort {
  let counter = 0;
  const block = (): Buffer => {
    counter += 1;
    return hash('sha256', `${seed}/${counter}`, 'buffer');
  };
  const bytes = (length: number): Uint8Array => {
    const blocks: Buffer[] = [];
    for (let have = 0; have < length; have += 32) blocks.push(block());
    return Buffer.concat(blocks).subarray(0, length);
  };
  return { bytes, fraction: () => Buffer.from(bytes(6)).readUIntBE(0, 6) / 2 ** 48 };
}
