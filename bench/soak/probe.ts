// Loaded into a counter before its program (`node --expose-gc --import`): tells its own memory after a full collection, one
// line of JSON every few seconds into the file of SOAK_FILE. With SOAK_LEAK (bytes a second) it loses memory on purpose, so
// that the soak can show that it would see it.
import { appendFileSync } from 'node:fs';

const EVERY_MS = 5_000;
const file = process.env['SOAK_FILE'];
const leak = Number(process.env['SOAK_LEAK'] ?? '0');
const lost: string[] = [];
const collect = globalThis.gc;
if (file === undefined || collect === undefined) throw new Error('SOAK_FILE and --expose-gc are needed');

setInterval(() => {
  // A text of its own every time, on the heap; the engine shares those that it knows.
  if (leak > 0) lost.push(Buffer.alloc((leak * EVERY_MS) / 1000, String(lost.length)).toString('latin1'));
  void collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  appendFileSync(file, `${JSON.stringify({ at: Date.now(), rss, heapUsed, external })}\n`);
}, EVERY_MS).unref();
