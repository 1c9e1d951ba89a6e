import { ALL_FAULTS, type FaultKind, isFaultKind } from '../faults/fault-kinds.ts';

/** One world, wholly: the same options give the same trace. */
export type SimOptions = {
  readonly counters: number;
  readonly days: number;
  readonly seed: number;
  /** Sales that people come for, over all counters and days; some of them are refused. */
  readonly sales: number;
  readonly faults: readonly FaultKind[];
};

/** Reads `--counters N --days D --seed S --sales N --faults a,b|none`; throws on what it does not know. */
export function parseOptions(args: readonly string[]): SimOptions {
  const values = new Map<string, string>();
  for (let index = 0; index < args.length; index += 2) {
    const [name, value] = [args[index], args[index + 1]];
    if (name === undefined || value === undefined || !/^--(counters|days|seed|sales|faults)$/.test(name)) {
      throw new Error(`not an option of a world: ${String(name)}`);
    }
    values.set(name.slice(2), value);
  }
  const number = (name: string, otherwise: number): number => {
    const value = Number(values.get(name) ?? otherwise);
    if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} wants a whole number above zero`);
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
  };
}

/** The command that repeats a run. */
export function commandOf(options: SimOptions): string {
  const { counters, days, seed, sales, faults } = options;
  const isAll = faults.length === ALL_FAULTS.length;
  const chosen = isAll ? '' : ` --faults ${faults.length === 0 ? 'none' : faults.join(',')}`;
  return `npm run simulate -- --counters ${String(counters)} --days ${String(days)} --seed ${String(seed)} --sales ${String(sales)}${chosen}`;
}
