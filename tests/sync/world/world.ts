import { join } from 'node:path';
import { createFaultDesk, type FaultDesk } from '../faults/fault-kinds.ts';
import { type Chance, createChance } from './chance.ts';
import { type CounterFaults, createCounterFaults } from './counter-faults.ts';
import { createEventQueue, type EventQueue } from './event-queue.ts';
import { createOfficer, type Officer } from './officer.ts';
import type { SimOptions } from './options.ts';
import { COUNTERS_PER_OUTLET, fillRegistry, PERSONAL_MARKS, type SimOutlet } from './registry.ts';
import { CounterDied, createSimCounter, type SimCounter } from './sim-counter.ts';
import { createSimLine } from './sim-line.ts';
import { openSimProvince, type SimProvince } from './sim-province.ts';
import { type ProcessorTime, startProcessorTime } from './processor-time.ts';
import { createTrace, type Trace } from './trace.ts';
import { createTruth, type Truth } from './truth.ts';
import { createWorldTime, type WorldTime } from './virtual-time.ts';
import { paperOf } from './paper.ts';
import { probeWholeBatch } from './whole-batch.ts';

/** What is due at a moment of the world. */
export type WorldEvent =
  | { readonly kind: 'morning' | 'evening' | 'sync' }
  | { readonly kind: 'sale'; readonly sale: number }
  | { readonly kind: 'book' | 'declare' }
  | { readonly kind: 'midnight'; readonly day: number }
  | { readonly kind: 'deliver'; readonly request: Parameters<SimProvince['carry']>[0] };

/** One counter with everything that the world keeps beside it. */
export type Place = {
  readonly counter: SimCounter;
  readonly officer: Officer;
  readonly faults: CounterFaults;
  readonly chance: Chance;
  /** Decides on which occasions the counter speaks with the province. */
  readonly visits: Chance;
  readonly outlet: SimOutlet;
  /** ms of the world until which the line is down. */
  readonly partition: { until: number };
  /** While the computer sleeps nobody is served. */
  readonly asleep: { from: number; until: number };
  /** Old images of the computer, newest last. */
  readonly images: { readonly folder: string; readonly day: number }[];
  readonly isCloned: { value: boolean };
  /** How far each feed was seen at this counter. */
  readonly cursors: Map<string, string>;
};

export type World = {
  readonly options: SimOptions;
  readonly base: string;
  readonly time: WorldTime;
  readonly trace: Trace;
  readonly truth: Truth;
  readonly faults: FaultDesk;
  readonly province: SimProvince;
  readonly queue: EventQueue<WorldEvent>;
  /** The province's own backup, once it was made. */
  readonly rollback: { backup: string | null };
  /** Grows when a computer is cloned. */
  readonly places: Place[];
  readonly outlets: readonly SimOutlet[];
  /** What the world has cost so far. */
  readonly processorTime: () => ProcessorTime;
};

/** One push in so many is looked at from both sides, beside every one that was disturbed. */
const PROBE_ONE_IN = 20;

type Making = Omit<World, 'places' | 'outlets' | 'processorTime'>;

function makePlace(world: Making, index: number, outlet: SimOutlet, clonedFrom?: string): Place {
  const { options, base, time, trace, truth, faults, province, queue } = world;
  const chance = createChance(options.seed, `counter ${String(index)}`);
  const lineChance = createChance(options.seed, `line ${String(index)}`);
  const own = createCounterFaults(faults, createChance(options.seed, `faults ${String(index)}`));
  const partition = { until: 0 };
  const counter = createSimCounter({
    index,
    seed: options.seed,
    base,
    time,
    ...(clonedFrom === undefined ? {} : { clonedFrom }),
    onPoint: (_counter, point) => own.onPoint(point),
    onPaper: (_counter, document) => {
      truth.papers.push(paperOf(index, time.now, document));
      trace.note(index, 'paper', document.head.kind);
      return own.onPaper();
    },
    line: () =>
      createSimLine({
        index,
        chance: lineChance,
        faults,
        time,
        trace,
        province,
        partition,
        deliverLater: (at, request) => queue.put(at, index, { kind: 'deliver', request }),
        aroundPush: async (request, isDisturbed, carry) => {
          queue.put(time.now + 2_000, -1, { kind: 'book' });
          if (!isDisturbed && lineChance.below(PROBE_ONE_IN) > 0) return await carry();
          return await probeWholeBatch(province, request, carry, (problem) =>
            truth.seen.push({ check: 'C6', problem }),
          );
        },
        onLeaving: (body) => {
          const mark = PERSONAL_MARKS.find((one) => body.includes(one));
          if (mark !== undefined)
            truth.seen.push({ check: 'C11', problem: `counter ${String(index)} sends ${mark} in clear` });
        },
        onPushAnswered: own.armForAnswer,
      }),
  });
  const officer = createOfficer({ counter, outlet, chance, time, trace });
  return {
    counter,
    officer,
    faults: own,
    chance,
    visits: createChance(options.seed, `visits ${String(index)}`),
    outlet,
    partition,
    asleep: { from: 0, until: 0 },
    images: [],
    isCloned: { value: false },
    cursors: new Map(),
  };
}

/** Puts one more computer beside the others: a copy, with a line and a chance of its own. */
export function addPlace(world: World, outlet: SimOutlet, clonedFrom: string): Place {
  const place = makePlace(world, world.places.length, outlet, clonedFrom);
  world.places.push(place);
  return place;
}

/** Puts a world together: province, registry, counters that are enrolled and know their first feeds. */
export async function makeWorld(options: SimOptions, base: string, onLine?: (line: string) => void): Promise<World> {
  const time = createWorldTime();
  const trace = createTrace(time, onLine);
  const making: Making = {
    options,
    base,
    time,
    trace,
    truth: createTruth(),
    faults: createFaultDesk(options.faults),
    province: await openSimProvince(join(base, 'province'), time),
    queue: createEventQueue<WorldEvent>(),
    rollback: { backup: null },
  };
  const processorTime = startProcessorTime(await making.province.postmasterPid());
  const perOutlet = Math.ceil((options.sales / options.counters) * COUNTERS_PER_OUTLET * 0.85) + 20;
  const shape = { seed: options.seed, counters: options.counters, vehiclesPerOutlet: perOutlet };
  const outlets = await fillRegistry(making.province.context(), shape);
  const places: Place[] = [];
  for (let index = 0; index < options.counters; index += 1) {
    const outlet = outlets[Math.floor(index / COUNTERS_PER_OUTLET)];
    if (outlet === undefined) throw new Error('a counter without its outlet');
    places.push(makePlace(making, index, outlet));
  }
  return { ...making, places, outlets, processorTime };
}

/** Starts the program again as often as it takes: a computer may die while it starts. */
async function reboot(world: World, { counter, faults }: Place): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    faults.disarm();
    try {
      const started = await counter.reboot();
      world.trace.note(counter.index, 'reboot', started.ok ? 'ok' : started.error.code);
      if (!started.ok) throw new Error(`counter ${String(counter.index)} does not start: ${started.error.code}`);
      return;
    } catch (error) {
      if (!(error instanceof CounterDied)) throw error;
    }
  }
  throw new Error(`counter ${String(counter.index)} never started again`);
}

/** Does something at a counter; a death ends it, and the computer is started again. True when it was done to its end. */
export async function attempt(world: World, place: Place, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    if (!place.faults.needsRestart()) return true;
    // "Nothing more is written until the database was opened again and has read what is really there."
    place.faults.disarm();
    await place.counter.stop();
    const started = await place.counter.start();
    world.trace.note(place.counter.index, 'restart', started.ok ? 'ok' : started.error.code);
    if (!started.ok) throw new Error(`counter ${String(place.counter.index)} does not start: ${started.error.code}`);
    return true;
  } catch (error) {
    if (!(error instanceof CounterDied)) throw error;
    world.trace.note(place.counter.index, 'died');
    await reboot(world, place);
    return false;
  }
}
