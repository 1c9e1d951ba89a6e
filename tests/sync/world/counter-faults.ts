import { basename } from 'node:path';
import { sqliteError } from '../../../src/main/core/db/driver.ts';
import type { IoPoint } from '../edges/io-points.ts';
import type { FaultDesk, FaultKind } from '../faults/fault-kinds.ts';
import type { Chance } from './chance.ts';

/** What will befall a counter's disk or process at one of its next moments. */
type Armed = { readonly kind: FaultKind; left: number };

/** The hand that lets one counter's disk fail and its process die, where the seed says so. */
export type CounterFaults = {
  /** Before a citizen is served: perhaps something will go wrong in the middle of it. */
  readonly armForSale: () => void;
  /** With an answer of the province in hand. */
  readonly armForAnswer: () => void;
  readonly onPoint: (point: IoPoint) => 'go on' | 'die';
  readonly onPaper: () => 'go on' | 'die';
  /** What was armed and did not come about is forgotten, as when the counter starts anew. */
  readonly disarm: () => void;
  /** True after a commit whose sync failed: nothing more is written until the program was started again. */
  readonly needsRestart: () => boolean;
};

/** Commits of one sale, more or less: a fault may strike at each of them. */
const COMMITS_OF_A_SALE = 7;
const RATE = 0.012;

const isMark = (file: string): boolean => basename(file).startsWith('mark-');
const isMirror = (file: string): boolean => file.includes('.opop');

function diskError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** At which moments of the disk a fault strikes. */
function strikesAt(kind: FaultKind, point: IoPoint): boolean {
  switch (point.at) {
    case 'before-commit':
      return kind === 'crash-before-commit' || kind === 'crash-before-ack' || kind === 'failed-fsync';
    case 'after-commit':
      return kind === 'crash-after-commit' || kind === 'crash-after-ack';
    case 'before-insert':
      return kind === 'full-disk';
    case 'before-durable':
      return kind === 'mark-fails' && isMark(point.file);
    case 'after-durable':
      return (
        (kind === 'crash-after-mark' && isMark(point.file)) || (kind === 'crash-after-mirror' && isMirror(point.file))
      );
    default:
      throw new Error('no such moment');
  }
}

export function createCounterFaults(faults: FaultDesk, chance: Chance): CounterFaults {
  const state: { armed: Armed | null; restart: boolean; paper: boolean } = {
    armed: null,
    restart: false,
    paper: false,
  };
  const arm = (kind: FaultKind, left: number): void => {
    // Counted when it strikes, not when it is planned.
    if (state.armed === null) state.armed = { kind, left };
  };
  /** What the disk does when its hour has come; a crash is told to the caller. */
  const strike = (kind: FaultKind): 'die' => {
    state.armed = null;
    faults.struck(kind);
    if (kind === 'full-disk') throw sqliteError('database or disk is full', 'SQLITE_FULL');
    if (kind === 'mark-fails') throw diskError('ENOSPC');
    if (kind === 'failed-fsync') {
      state.restart = true;
      throw sqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC');
    }
    return 'die';
  };
  return {
    armForSale: () => {
      const commits = chance.below(COMMITS_OF_A_SALE);
      const lots: readonly (readonly [FaultKind, number])[] = [
        ['crash-before-commit', commits],
        ['crash-after-commit', commits],
        ['crash-after-mark', chance.below(4)],
        ['crash-after-mirror', 0],
        ['full-disk', chance.below(3)],
        ['failed-fsync', commits],
        ['mark-fails', chance.below(3)],
      ];
      for (const [kind, left] of lots) if (faults.isDrawn(kind, chance, RATE)) arm(kind, left);
      state.paper = faults.isDrawn('crash-after-print', chance, RATE);
    },
    armForAnswer: () => {
      for (const kind of ['crash-before-ack', 'crash-after-ack'] as const) {
        if (faults.isDrawn(kind, chance, RATE)) arm(kind, 0);
      }
    },
    onPoint: (point) => {
      const { armed } = state;
      if (armed === null || !strikesAt(armed.kind, point)) return 'go on';
      if (armed.left > 0) {
        armed.left -= 1;
        return 'go on';
      }
      return strike(armed.kind);
    },
    onPaper: () => {
      if (!state.paper) return 'go on';
      state.paper = false;
      faults.struck('crash-after-print');
      return 'die';
    },
    disarm: () => {
      state.armed = null;
      state.paper = false;
      state.restart = false;
    },
    needsRestart: () => state.restart,
  };
}
