import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Processor time of a world, in ms. */
export type ProcessorTime = {
  /** This program: counters, the province's own code, the world and its checkers. */
  readonly program: number;
  /** Programs that this one started and that have ended: the independent verifier. */
  readonly verifier: number;
  /** PostgreSQL, with whatever else uses the same cluster meanwhile; null where the system does not tell. */
  readonly postgres: number | null;
};

/** Linux counts in hundredths of a second, whatever its kernel's own clock (`sysconf(_SC_CLK_TCK)`). */
const TICK_MS = 10;

type Ticks = { readonly parent: number; readonly own: number; readonly ended: number };

/** The fields of `/proc/<pid>/stat` after the name, which may itself hold spaces; undefined when the process has ended. */
function ticksOf(pid: number | string): Ticks | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  } catch (_ended) {
    return undefined; // between the listing and the reading
  }
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const at = (place: number): number => fields[place] ?? 0;
  return { parent: at(1), own: at(11) + at(12), ended: at(13) + at(14) };
}

/** A server with all its processes: those that live, and those that it has seen end. */
function serverMs(pid: number): number | null {
  const server = ticksOf(pid);
  if (server === undefined) return null;
  const living = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const one = ticksOf(name);
      return one?.parent === pid ? [one.own] : [];
    });
  return living.reduce((sum, own) => sum + own, server.own + server.ended) * TICK_MS;
}

/** Counts PostgreSQL from now on, and everything else since this program began; `postmasterPid` names the cluster's first process. */
export function startProcessorTime(postmasterPid: number): () => ProcessorTime {
  const isTold = existsSync('/proc/self/stat');
  const server = (): number | null => (isTold ? serverMs(postmasterPid) : null);
  const before = server();
  return () => {
    const { user, system } = process.cpuUsage();
    const now = server();
    return {
      program: Math.round((user + system) / 1000),
      verifier: isTold ? (ticksOf('self')?.ended ?? 0) * TICK_MS : 0,
      postgres: now === null || before === null ? null : now - before,
    };
  };
}
