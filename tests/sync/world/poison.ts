import { TestDevice } from '../../support/test-device.ts';
import type { Chance } from './chance.ts';
import type { World } from './world.ts';

/** Entries of a batch, of which some cannot be read by this province. */
const BATCH = 12;

type Draft = Parameters<TestDevice['append']>[0];

const GOOD: Draft = { type: 'officer.signed-out', body: { reason: 'asked' } };

/** A newer program's entry, a bent body, a word that must be understood and is not, an officer whom nobody knows. */
const POISON: readonly (readonly [string, Draft])[] = [
  ['UNKNOWN_TYPE', { type: 'parking.ticket-sold', body: { amount: 5000 } }],
  ['BAD_BODY', { type: 'print.answered', body: { jobId: 'none', cameOut: 'perhaps' } }],
  ['UNKNOWN_TYPE', { ...GOOD, mustUnderstand: ['moonPhase'] }],
  ['UNKNOWN_OFFICER', { ...GOOD, officerId: 'nobody-knows' }],
];

/**
 * A device of another make pushes good entries with poison among them: each is answered in the same batch, the good ones
 * accepted, the others kept raw.
 */
export async function pushPoison(world: World, chance: Chance): Promise<void> {
  const { province, truth, trace, outlets } = world;
  const outlet = chance.pick(outlets);
  // Its good entries are good only where the province knows their officer.
  if (outlet.late.isAway) return;
  const device = await TestDevice.enrol(province.server(), await province.code(outlet.outletId));
  device.append({
    type: 'epoch.opened',
    officerId: null,
    stream: device.deviceId,
    body: {
      reason: 'enrolment',
      outletId: outlet.outletId,
      lastProven: null,
      declaredGap: null,
      appVersion: 'other',
      keyStoreKind: 'demo',
    },
  });
  const expected = ['ACCEPTED'];
  for (let index = 1; index < BATCH; index += 1) {
    const poison = chance.happens(0.3) ? chance.pick(POISON) : undefined;
    const draft = poison?.[1] ?? GOOD;
    device.append({ ...draft, officerId: draft.officerId ?? outlet.officerId });
    expected.push(poison === undefined ? 'ACCEPTED' : `QUARANTINED:${poison[0]}`);
  }
  const verdicts = await device.verdicts();
  const said = verdicts.map((verdict) =>
    'reason' in verdict ? `${verdict.verdict}:${verdict.reason}` : verdict.verdict,
  );
  trace.note(null, 'poison', said.join(','));
  if (said.join() !== expected.join()) {
    truth.seen.push({
      check: 'C4',
      problem: `of a batch with poison ${expected.join()} was due, and ${said.join()} came`,
    });
  }
}
