import { REGENCY_CODES } from '../../src/domain/regency.ts';
import type { Act } from '../../tests/support/report-ledger.ts';

/** A small generator of its own, so that a seed means the same month everywhere (mulberry32). */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One sale in so many is of another regency, taken back, or paid without cash. */
const ELSEWHERE_EVERY = 9;
const VOID_EVERY = 170;
const QRIS_EVERY = 12;
const PARKING_EVERY = 3;

function saleOf(draw: (below: number) => number): Act {
  const province = 40_000 + draw(400_000);
  return {
    do: 'sell',
    province,
    regency: draw(ELSEWHERE_EVERY) === 0 ? (REGENCY_CODES[draw(REGENCY_CODES.length)] ?? '3506') : '3506',
    opsen: Math.round(province * 0.66),
    swdkllj: 35_000,
    parking: draw(PARKING_EVERY) === 0 ? 30_000 : 0,
    fee: 0,
    means: draw(QRIS_EVERY) === 0 ? 'qris' : 'cash',
  };
}

/** Days of one counter from a seed: each with its session, its sales, a few of them taken back, its count and its deposit. */
export function monthActs(seed: number, days: number, salesADay: number): readonly Act[] {
  const draw = chance(seed);
  return Array.from({ length: days }, (): Act[] => {
    const sales = Array.from({ length: salesADay }, () => saleOf(draw));
    return [
      { do: 'open' },
      // What the safe holds from yesterday goes to the bank in the morning, most days.
      ...(draw(5) === 0 ? [] : [{ do: 'deposit', share: 100 } satisfies Act]),
      ...sales.flatMap((sale): Act[] => (draw(VOID_EVERY) === 0 ? [sale, { do: 'void' }] : [sale])),
      { do: 'close', variance: draw(6) === 0 ? -500 * (1 + draw(9)) : 0 },
      { do: 'next-day' },
    ];
  }).flat();
}
