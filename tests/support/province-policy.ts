import { changePolicy as changed } from '../../src/province/feeds/change-policy.ts';
import { publishPolicy } from '../../src/province/feeds/published-rules.ts';
import type { TestProvince } from './test-province.ts';

/** Publishes a new policy as `province policy` would: `key=value`, dotted. */
export async function changePolicy(world: TestProvince, ...changes: readonly string[]): Promise<void> {
  const published = await publishPolicy(world.province.context, (policy) => changed(policy, changes));
  if (!published.ok) throw new Error(`no such policy: ${published.error}`);
}
