/** How much a long run asks for by an environment variable (`npm run crash:...`), or what every commit gets. */
export function crashSize(name: string, onCommit: number): number {
  const asked = process.env[name];
  if (asked === undefined || asked === '') return onCommit;
  const size = Number(asked);
  if (!Number.isInteger(size) || size <= 0) throw new Error(`${name} is a whole number, not ${asked}`);
  return size;
}

/** A seed for this run, printed with every failure; `CRASH_SEED` repeats a run. */
export function crashSeed(): string {
  return process.env['CRASH_SEED'] ?? String(process.hrtime.bigint() % 1_000_000n);
}
