import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { assessCaseLine } from '../src/domain/assessment-case.ts';
import { REGENCY_CODES } from '../src/domain/regency.ts';
import { buildRulePackSet, type RulePack } from '../src/domain/rule-pack.ts';
import { ENERGIES, OWNER_KINDS, VEHICLE_USES, WEIGHED_KINDS } from '../src/domain/vehicle.ts';

/**
 * Cases per second of one core for the whole line path of `loket assess`: JSON.parse, assess, JSON.stringify. The target
 * is held against processor time, garbage collection included, because a neighbour on the machine slows the clock only.
 * One NDJSON line per round and a summary; exits 2 under the target. Run: `npx node bench/assess.ts [rounds]`.
 */
const TARGET_PER_SECOND = 50_000;
const CASES = 20_000;

function shippedPack(id: string): RulePack {
  return JSON.parse(readFileSync(new URL(`../resources/rule-packs/${id}.json`, import.meta.url), 'utf8')) as RulePack;
}

/** A small generator with a fixed seed, so that each run measures the same cases. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function caseLines(count: number): string[] {
  const source = numbers(20_261_121);
  const below = (limit: number): number => Math.floor(source.next().value * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] ?? (list[0] as T);
  const day = (from: string, span: number): string =>
    new Date(Date.parse(from) + below(span) * 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, index) => {
    const dueOn = day('2025-01-05', 700);
    const paidOn = new Date(Date.parse(dueOn) + (below(460) - 60) * 86_400_000).toISOString().slice(0, 10);
    const vehicle = {
      kind: pick(WEIGHED_KINDS),
      engineCc: below(3_000),
      use: below(4) === 0 ? pick(VEHICLE_USES) : 'private',
      ownerKind: pick(OWNER_KINDS),
      energy: below(10) === 0 ? pick(ENERGIES) : 'petrol',
      rank: 1 + below(5),
      njkb: below(400_000) * 1_000,
      regency: pick(REGENCY_CODES),
      dueOn,
      stnkValidUntil: '2031-01-01',
      ...(below(3) === 0 ? { weightFactor: '1.050' } : {}),
    };
    return JSON.stringify({
      id: `c${index}`,
      vehicle,
      paidOn,
      ...(below(4) === 0 ? { claim: { groups: ['ojol'] } } : {}),
    });
  });
}

const set = buildRulePackSet([shippedPack('jatim-2025'), shippedPack('jatim-2026')]);
if (!set.ok) throw new Error(`the shipped packs are wrong: ${JSON.stringify(set.error)}`);
const lines = caseLines(CASES);
const rounds = Number(process.argv[2] ?? 8);
const rates: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  let charged = 0;
  let bytes = 0;
  const started = process.hrtime.bigint();
  const cpuBefore = process.cpuUsage();
  for (const line of lines) {
    const answer = assessCaseLine(JSON.parse(line), set.value);
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    if ('lines' in answer.value) charged += 1;
    bytes += JSON.stringify(answer.value).length;
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const cpu = process.cpuUsage(cpuBefore);
  const perSecond = Math.round(CASES / seconds);
  const perCpuSecond = Math.round(CASES / ((cpu.user + cpu.system) / 1e6));
  rates.push(perCpuSecond);
  process.stdout.write(`${JSON.stringify({ round, cases: CASES, charged, bytes, perSecond, perCpuSecond })}\n`);
}
const sorted = [...rates].sort((left, right) => left - right);
const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
const summary = {
  bench: 'assess',
  median,
  worst: sorted[0],
  target: TARGET_PER_SECOND,
  node: process.version,
  cpu: cpus()[0]?.model,
};
process.stdout.write(`${JSON.stringify(summary)}\n`);
process.exitCode = median >= TARGET_PER_SECOND ? 0 : 2;
