import { ALL_FAULTS, type FaultKind, isFaultKind } from '../faults/fault-kinds.ts';

/** One world, wholly: the same options give the same trace. */
export type SimOptions = {
  readonly counters: number;
  readonly days: number;
  readonly seed: number;
  /** Sales that people come for, over all counters and days; some of them are refused. */
  readonly sales: number;
  readonly faults: readonly FaultKind[];
  /** Of a hundred occasions (each morning and evening, three of ten sales) on so many a counter speaks with the province. */
  readonly visits: number;
  /** Minutes in which nothing happens after the last day, before the line heals. */
  readonly rest: number;
};

const EVERY_OCCASION = 100;

/** Reads `--counters N --days D --seed S --sales N --faults a,b|none --visits PERCENT --rest MINUTES`; throws on what it does not know. */
export function parseOptions(args: readonly string[]): SimOptions {
  const values = new Map<string, string>();
  for (let index = 0; index < args.length; index += 2) {
    const [name, value] = [args[index], args[index + 1]];
    if (name === undefined || value === undefined || !/^--(counters|days|seed|sales|faults|visits|rest)$/.test(name)) {
      throw new Error(`not an option of a world: ${String(name)}`);
    }
    values.set(name.slice(2), value);
  }
  const number = (name: string, otherwise: number, least = 1): number => {
    const value = Number(values.get(name) ?? otherwise);
    if (!Number.isSafeInteger(value) || value < least)
      throw new Error(`--${name} wants a whole number ${least === 0 ? 'from' : 'above'} zero`);
    return value;
  };
  const [counters, days] = [number('counters', 4), number('days', 3)];
  const named = values.get('faults');
  const faults = named === undefined ? ALL_FAULTS : named === 'none' ? [] : named.split(',');
  return {
    counters,
    days,
    seed: number('seed', 1),
    sales: number('sales', counters * days * 4),
    faults: faults.map((name) => {
      if (!isFaultKind(name)) throw new Error(`no such fault: ${name}`);
      return name;
    }),
    visits: Math.min(EVERY_OCCASION, number('visits', EVERY_OCCASION)),
    rest: number('rest', 0, 0),
  };
}

/** The command that repeats a run. */
export function commandOf(options: SimOptions): string {
  const { counters, days, seed, sales, faults, visits, rest } = options;
  const isAll = faults.length === ALL_FAULTS.length;
  const chosen = isAll ? '' : ` --faults ${faults.length === 0 ? 'none' : faults.join(',')}`;
  const seldom = visits === EVERY_OCCASION ? '' : ` --visits ${String(visits)}`;
  const rested = rest === 0 ? '' : ` --rest ${String(rest)}`;
  return `npm run simulate -- --counters ${String(counters)} --days ${String(days)} --seed ${String(seed)} --sales ${String(sales)}${chosen}${seldom}${rested}`;
}
