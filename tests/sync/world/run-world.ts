import { carryStick } from './flashdisk.ts';
import { runPlanned } from './planned-faults.ts';
import { declare } from './rollback.ts';
import { createChance } from './chance.ts';
import { judgeAgain, learnOfOfficers } from './late-officers.ts';
import type { SimVehicle } from './registry.ts';
import { attempt, type Place, type World, type WorldEvent } from './world.ts';
import { DAY_MS, FIRST_MIDNIGHT, HOUR_MS, MINUTE_MS } from './virtual-time.ts';

/** A run says how far it is; one line per simulated day. */
export type Progress = (facts: Readonly<Record<string, number>>) => void;

const OPENING_MS = 8 * HOUR_MS;
const CLOSING_MS = 15 * HOUR_MS;
/** Rounds after the line has healed, within which nothing may be unsent any more, and which end with the first that was for nothing. */
const ROUNDS_TO_HEAL = 6;
/** Then rounds in one moment, within which every counter has heard everything. */
const ROUNDS_TO_HEAR = 3;
const NOTHING_SENT = 'sent 0 left 0';

/** Every counter starts, is enrolled, and knows its first feeds, before anything goes wrong. */
async function enrolAll(world: World): Promise<void> {
  for (const { counter, officer, outlet } of world.places) {
    const started = await counter.start();
    if (!started.ok) throw new Error(`counter ${String(counter.index)} does not start: ${started.error.code}`);
    await officer.enrol(await world.province.code(outlet.outletId));
    world.trace.note(counter.index, 'enrolled');
  }
}

/** Sales of the whole run, spread over counters, days and hours by the seed. */
function planDays(world: World): void {
  const { options, queue } = world;
  const chance = createChance(options.seed, 'plan');
  const midnight = (day: number): number => FIRST_MIDNIGHT + DAY_MS * (day + 1);
  for (let day = 0; day < options.days; day += 1) {
    queue.put(midnight(day), -1, { kind: 'midnight', day });
    // A computer that is cloned one night opens and closes like the others from then on.
    for (let index = 0; index < 2 * options.counters; index += 1) {
      queue.put(midnight(day) + OPENING_MS + chance.below(30 * MINUTE_MS), index, { kind: 'morning' });
      queue.put(midnight(day) + CLOSING_MS + chance.below(HOUR_MS), index, { kind: 'evening' });
    }
  }
  for (let sale = 0; sale < options.sales; sale += 1) {
    const at = midnight(chance.below(options.days)) + OPENING_MS + HOUR_MS + chance.below(5 * HOUR_MS);
    queue.put(at, chance.below(options.counters), { kind: 'sale', sale });
  }
}

/** Most citizens come with a plate of the outlet that nobody has paid yet; some come twice, or to the other counter. */
function pickVehicle({ chance, outlet }: Place): SimVehicle {
  const fresh = chance.happens(0.85) ? outlet.vehicles[outlet.served.count] : undefined;
  if (fresh === undefined) return chance.pick(outlet.vehicles);
  outlet.served.count += 1;
  return fresh;
}

/** Where lines come and go a counter speaks with the province on some of its occasions only, as the seed decides. */
function hasLineNow({ options }: World, { visits }: Place): boolean {
  return visits.below(100) < options.visits;
}

/** A citizen of a cloned counter may stand at either of the two. */
function placeOf(world: World, counter: number): Place | undefined {
  const place = world.places[counter];
  const clone = world.places.find((one) => one.counter.index >= world.options.counters && one.outlet === place?.outlet);
  return clone !== undefined && clone.chance.happens(0.4) ? clone : place;
}

async function serve(world: World, place: Place, sale: number): Promise<void> {
  const { counter, officer, faults, asleep } = place;
  if (world.time.now >= asleep.from && world.time.now < asleep.until) return;
  faults.armForSale();
  const vehicle = pickVehicle(place);
  const done = await attempt(world, place, async () => {
    if (!(await officer.beReady())) return;
    const word = await officer.serve(vehicle, sale);
    if (word.startsWith('paid')) world.truth.sales.count += 1;
    world.trace.note(counter.index, 'sale', word);
    // A program that runs sends at once; a world in which each sale were sent alone would hardly know batches.
    if (place.chance.happens(0.3) && hasLineNow(world, place)) await officer.sync();
  });
  // Whoever was being served when the computer died stands there still: his service is taken up again or begun anew.
  if (!done) await attempt(world, place, async () => void (await officer.beReady()));
  faults.disarm();
}

async function happen(world: World, event: WorldEvent, counter: number): Promise<void> {
  const place = world.places[counter];
  switch (event.kind) {
    case 'book':
      world.trace.note(null, 'booked', await world.province.book());
      return;
    case 'declare':
      await declare(world);
      return;
    case 'midnight':
      await runPlanned(world, event.day);
      return;
    case 'deliver':
      await world.province.carry(event.request);
      world.trace.note(counter, 'delivered-late');
      return;
    case 'sale':
      {
        const served = placeOf(world, counter);
        if (served !== undefined) await serve(world, served, event.sale);
      }
      return;
    case 'sync':
      if (place !== undefined) await attempt(world, place, async () => void (await place.officer.sync()));
      return;
    case 'morning':
      if (place === undefined) return;
      await attempt(world, place, async () => {
        if (hasLineNow(world, place)) await place.officer.sync();
        await place.officer.beReady();
      });
      return;
    case 'evening':
      if (place === undefined) return;
      await attempt(world, place, async () => {
        await place.officer.closeDrawer();
        await place.officer.goHome();
        if (hasLineNow(world, place)) await place.officer.sync();
      });
      if (world.time.now < place.partition.until && world.faults.strikes('flashdisk', place.chance, 0.5)) {
        await carryStick(world, place);
      }
      return;
    default:
      throw new Error('no such event');
  }
}

/** What a computer that was put back had not sent is on its second copy; another one carries it to the province. */
async function recoverSecondCopies(world: World): Promise<void> {
  for (const stick of new Set(world.truth.destroyed.map((one) => one.stick))) {
    const carrier = world.places.find(({ counter }) => counter.stick !== stick) ?? world.places[0];
    if (carrier === undefined) return;
    await attempt(world, carrier, async () => {
      const carried = await carrier.counter.ask('mirror.recover', { folder: stick });
      world.trace.note(
        carrier.counter.index,
        'recovered',
        carried.ok ? carried.value.files.length : carried.error.code,
      );
    });
  }
}

/** Every counter asks once, so long after the one before it; true when none had anything to send and all were answered. */
async function syncAll(world: World, apartMs: number): Promise<boolean> {
  let isQuiet = true;
  for (const place of world.places) {
    world.time.now += apartMs;
    const done = await attempt(world, place, async () => {
      if ((await place.officer.sync()) !== NOTHING_SENT) isQuiet = false;
    });
    if (!done) isQuiet = false;
  }
  return isQuiet;
}

/** Everybody asks, then the province books. True when it was for nothing: nothing was sent or booked. */
async function isCalmRound(world: World): Promise<boolean> {
  const isQuiet = await syncAll(world, MINUTE_MS);
  world.time.now += 10 * MINUTE_MS;
  const booked = (await judgeAgain(world)) + (await world.province.book());
  world.trace.note(null, 'booked', booked);
  return isQuiet && booked === 0;
}

async function countPages({ province }: World): Promise<string> {
  const [row] = await province.query('select count(*) as pages from feed_page');
  return String(row?.['pages']);
}

/**
 * Everybody asks while the clock stands still, until no page is made. Who asks for a feed that has grown old makes its next
 * page, and whoever follows it too and asked before knows nothing of it; where time passes, some feed is always growing old.
 */
async function hearAll(world: World): Promise<void> {
  for (let round = 0; round < ROUNDS_TO_HEAR; round += 1) {
    const before = await countPages(world);
    await syncAll(world, 0);
    if (before === (await countPages(world))) return;
  }
}

/** The line heals, everything that went wrong is over: in a bounded number of rounds nothing is unsent any more, and no feed has moved. */
async function heal(world: World): Promise<void> {
  world.time.now += world.options.rest * MINUTE_MS;
  world.faults.heal();
  for (const place of world.places) {
    place.partition.until = 0;
    place.faults.disarm();
    await attempt(world, place, async () => await place.officer.goHome());
  }
  await learnOfOfficers(world, Number.POSITIVE_INFINITY);
  await recoverSecondCopies(world);
  for (let round = 0; round < ROUNDS_TO_HEAL; round += 1) {
    if (await isCalmRound(world)) break;
  }
  await hearAll(world);
}

/** Runs the days of a world to their end and lets it heal. Stops at the first invariant that a probe sees broken. */
export async function runWorld(world: World, progress: Progress): Promise<void> {
  await enrolAll(world);
  progress({ day: -1, events: 0 });
  planDays(world);
  world.faults.begin();
  const lastMidnight = FIRST_MIDNIGHT + DAY_MS * (world.options.days + 1);
  let [events, day] = [0, 0];
  for (let next = world.queue.take(); next !== undefined; next = world.queue.take()) {
    if (next.at > lastMidnight) continue;
    world.time.now = Math.max(world.time.now, next.at);
    await happen(world, next.what, next.counter);
    events += 1;
    if (world.truth.seen.length > 0) break;
    if (next.what.kind === 'midnight') {
      progress({ day, events, sales: world.truth.sales.count });
      day += 1;
    }
  }
  if (world.truth.seen.length === 0) await heal(world);
  for (const { counter } of world.places) await counter.stop();
}
