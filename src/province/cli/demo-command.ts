import { localDateAt } from '../../domain/local-date.ts';
import { makeDemoData } from '../demo/demo-data.ts';
import { makeDemoRegion } from '../demo/demo-region.ts';
import { SHOW_PLATES } from '../demo/show-plates.ts';
import { dateArgument, wholeNumber } from './arguments.ts';
import { type Command, withProvince } from './command.ts';

const DEFAULT_VEHICLES = 2000;
const MOST_VEHICLES = 1_000_000;

/** `province demo-data`: outlets, officers with their PINs, vehicles, and the plates that show something. */
export const demoCommand: Command = {
  name: 'demo-data',
  usage: 'demo-data [--vehicles N] [--seed S] [--today D]',
  summary: 'Fills the province with synthetic data; the same arguments give the same data. Prints the demo PINs.',
  example: 'npm run -s province -- demo-data --vehicles 2000 --seed 1 --today 2026-11-22',
  options: ['vehicles', 'seed', 'today'],
  run: async (args, print) => {
    const order = {
      vehicles: wholeNumber(args, 'vehicles', [0, MOST_VEHICLES], DEFAULT_VEHICLES),
      seed: wholeNumber(args, 'seed', [0, 0xffff_ffff], 1),
      today: dateArgument(args, 'today', localDateAt(Date.now())),
    };
    const { officers, ...report } = await withProvince(args, ({ context }) => makeDemoData(context, order));
    print({ kind: 'demo-data', ...report });
    for (const officer of officers) print({ kind: 'officer', ...officer });
    for (const { nrkb, chassisTail, shows } of SHOW_PLATES) print({ kind: 'show-plate', nrkb, chassisTail, shows });
    return 0;
  },
};

/** `province demo-region`: days of several outlets for the demo's supervisor, once. */
export const demoRegionCommand: Command = {
  name: 'demo-region',
  usage: 'demo-region [--seed S] [--today D]',
  summary: 'After demo-data: makes the demo supervisor’s region live, with days that match and days that do not. Once.',
  example: 'npm run -s province -- demo-region --seed 1 --today 2026-11-22',
  options: ['seed', 'today'],
  run: async (args, print) => {
    const seed = wholeNumber(args, 'seed', [0, 0xffff_ffff], 1);
    const today = dateArgument(args, 'today', localDateAt(Date.now()));
    const report = await withProvince(args, (province) => makeDemoRegion(province, { seed, today }));
    print({ kind: 'demo-region', made: report !== undefined, ...report });
    return 0;
  },
};
