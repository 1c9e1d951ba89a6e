import type { World } from './world.ts';

/** What befalls counters and province between two days. */
export async function runPlanned(_world: World): Promise<void> {
  await Promise.resolve();
}
