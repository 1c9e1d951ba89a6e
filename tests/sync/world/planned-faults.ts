import { sql } from 'kysely';
import type { FaultKind } from '../faults/fault-kinds.ts';
import { cloneCounter, putBack, takeImage } from './images.ts';
import { playRollback } from './rollback.ts';
import { learnOfOfficers, loseOfficers } from './late-officers.ts';
import { pushPoison } from './poison.ts';
import { type Chance, createChance } from './chance.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './virtual-time.ts';
import { attempt, type Place, type World } from './world.ts';

/** Clocks are set wrong by somebody, or by a dead battery: minutes, days, ten years. */
const CLOCK_JUMPS = [
  -10 * 365 * DAY_MS,
  -40 * HOUR_MS,
  -5 * MINUTE_MS,
  5 * MINUTE_MS,
  3 * HOUR_MS,
  40 * HOUR_MS,
  10 * 365 * DAY_MS,
];
/** Old images of one computer, more or less: somebody copies it as often in a month as in ten days. */
const IMAGES = 3;
/** Older and newer programs than today's stand at some counters. */
const OTHER_VERSIONS = ['0.0.9', '0.2.0', '9.9.9'];

type Strike = ((kind: FaultKind, probability: number) => boolean) & { readonly isOn: (kind: FaultKind) => boolean };

/** Stops a counter in order, changes its computer, and starts it again. */
async function whileOff(world: World, place: Place, change: () => void): Promise<void> {
  await attempt(world, place, async () => {
    await place.counter.stop();
    change();
    const started = await place.counter.start();
    world.trace.note(place.counter.index, 'start', started.ok ? 'ok' : started.error.code);
    if (!started.ok) throw new Error(`counter ${String(place.counter.index)} does not start: ${started.error.code}`);
  });
}

/** An officer is suspended while his counter may be away, and taken back two days later. */
async function setActive({ province }: World, officerId: string, active: boolean): Promise<void> {
  const { db } = province.context();
  await sql`update officer set active = ${active}, change_no = nextval('officer_change') where officer_id = ${officerId}`.execute(
    db,
  );
}

async function befall(world: World, place: Place, day: number, chance: Chance, strikes: Strike): Promise<void> {
  const { time, trace } = world;
  const { counter, partition, outlet } = place;
  const { index } = counter;
  const isPartitioned = strikes('partition', 0.08);
  const hours = chance.happens(0.2) ? 24 + chance.below(5 * 24) : 9 + chance.below(10);
  if (isPartitioned) {
    partition.until = time.now + hours * HOUR_MS;
    trace.note(index, 'partition', hours);
  }
  const jump = chance.pick(CLOCK_JUMPS);
  const isRebooted = chance.happens(0.5);
  if (strikes('clock-jump', 0.05)) {
    trace.note(index, 'clock', jump, isRebooted);
    if (isRebooted) await whileOff(world, place, () => counter.clock.reboot());
    counter.clock.setOffset(counter.clock.offset() === 0 ? jump : 0);
  }
  const asleepHours = 1 + chance.below(6);
  if (strikes('suspend', 0.05)) {
    place.asleep.from = time.now + 10 * HOUR_MS;
    place.asleep.until = place.asleep.from + asleepHours * HOUR_MS;
    trace.note(index, 'suspend', asleepHours);
  }
  const version = chance.pick(OTHER_VERSIONS);
  if (strikes('version-skew', 0.04)) {
    trace.note(index, 'version', version);
    await whileOff(world, place, () => {
      counter.appVersion.value = version;
    });
  }
  if (outlet.suspendedOn.day === day - 2) await setActive(world, outlet.officerId, true);
  if (strikes('revoked', 0.02) && outlet.suspendedOn.day < day - 3) {
    outlet.suspendedOn.day = day;
    await setActive(world, outlet.officerId, false);
    trace.note(index, 'suspended');
  }
  if (
    chance.happens(Math.min(0.3, IMAGES / world.options.days)) &&
    (strikes.isOn('old-image') || strikes.isOn('old-image-marks'))
  )
    await takeImage(world, place, day);
  if (place.images.length > 0 && strikes('old-image-marks', 0.05)) await putBack(world, place, true);
  if (place.images.length > 0 && strikes('old-image', 0.05)) await putBack(world, place, false);
  if (!place.isCloned.value && strikes('clone', 0.02)) await cloneCounter(world, place, day);
}

/** What befalls counters and province between two days. */
export async function runPlanned(world: World, day: number): Promise<void> {
  const { faults, options } = world;
  for (const place of [...world.places]) {
    const chance = createChance(options.seed, `night ${String(day)} ${String(place.counter.index)}`);
    const strikes = Object.assign((kind: FaultKind, probability: number) => faults.strikes(kind, chance, probability), {
      isOn: faults.isOn,
    });
    await befall(world, place, day, chance, strikes);
  }
  await playRollback(world, day);
  await learnOfOfficers(world, day);
  await loseOfficers(world, day);
  const chance = createChance(options.seed, `night ${String(day)}`);
  if (faults.strikes('poison', chance, 0.4)) await pushPoison(world, chance);
}
