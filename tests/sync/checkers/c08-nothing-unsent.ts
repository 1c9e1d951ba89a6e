import type { Checker } from './final-state.ts';

/** C8: "unsent reaches 0 in bounded time after the line heals"; the world gave it six rounds. */
export const nothingUnsent: Checker = async ({ counters }) =>
  counters.flatMap(({ index, rows }) => {
    const waiting = rows(`SELECT count(*) AS n, min(seq) AS first, min(last_reason) AS reason FROM delivery
      WHERE state NOT IN ('acknowledged', 'quarantined')`);
    const [row] = waiting;
    const count = Number(row?.['n'] ?? 0);
    return count === 0
      ? []
      : [
          `counter ${String(index)}: ${String(count)} unsent from seq ${String(row?.['first'])} (${String(row?.['reason'])})`,
        ];
  });
