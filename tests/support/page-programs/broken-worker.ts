import type { PageJob } from '../../../src/main/pages/page-jobs.ts';

/** A page worker that is broken in the way that its file says: a decoder that hangs, dies, lies or eats memory. */
process.on('message', ({ id, job }: { id: number; job: PageJob }) => {
  const how = Buffer.from(job.file).toString();
  if (how === 'hang') for (;;);
  if (how === 'wait') return;
  if (how === 'crash') process.abort();
  if (how === 'exit') process.exit(70);
  if (how === 'memory') {
    // Outside of the heap, where a decoder's memory is too.
    const held: Buffer[] = [];
    for (;;) held.push(Buffer.alloc(64 * 1024 * 1024, held.length));
  }
  if (how === 'lie') process.send?.({ id, looked: { pages: [{ preview: 'data:text/html,<script>' }], left: 0 } });
  if (how === 'kept') process.send?.({ id, kept: { jpeg: 'no bytes' } });
  process.send?.({ id, looked: { pages: [], left: 0 } });
});
