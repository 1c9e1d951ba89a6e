import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANNUAL_TAX } from '../../src/domain/annual-tax.ts';
import {
  checklistFor,
  type DocumentCondition,
  type DocumentRule,
  isWaived,
  mayWaive,
  missingPapers,
  withAskedFor,
} from '../../src/domain/checklist.ts';

const CONDITIONS: readonly DocumentCondition[] = [
  'person-owner',
  'company-owner',
  'represented',
  'financed',
  'not-financed',
];
const facts = fc.record({
  ownerKind: fc.constantFrom('person' as const, 'company' as const),
  represented: fc.boolean(),
  financed: fc.boolean(),
});
const kinds = ['stnk', 'owner-ktp', 'letter', 'photo', 'deed'];
const rule = (kind: string): fc.Arbitrary<DocumentRule> =>
  fc.record({
    kind: fc.constant(kind),
    label: fc.constant(kind.toUpperCase()),
    hint: fc.constant(null),
    required: fc.boolean(),
    when: fc.subarray([...CONDITIONS]),
    waiver: fc.constantFrom('never' as const, 'officer' as const, 'supervisor' as const),
    retention: fc.constant('other' as const),
    capture: fc.constant('possible' as const),
  });
const rules = fc.tuple(...kinds.map(rule)).map((all): readonly DocumentRule[] => all);
const present = fc.subarray(kinds);
const waivers = fc.subarray(kinds).chain((some) =>
  fc.tuple(
    ...some.map((kind) =>
      fc.record({
        kind: fc.constant(kind),
        reason: fc.constantFrom('hilang', '', '  '),
        approvedBy: fc.constantFrom(null, 'pengawas'),
      }),
    ),
  ),
);

describe('a checklist', () => {
  it('asks for a paper exactly when every one of its conditions holds', () => {
    fc.assert(
      fc.property(rules, facts, (all, given) => {
        const asked = checklistFor(all, given).map((one) => one.kind);
        const truth: Readonly<Record<DocumentCondition, boolean>> = {
          'person-owner': given.ownerKind === 'person',
          'company-owner': given.ownerKind === 'company',
          represented: given.represented,
          financed: given.financed,
          'not-financed': !given.financed,
        };
        for (const { kind, when } of all) expect(asked.includes(kind)).toBe(!when.some((one) => !truth[one]));
      }),
    );
  });

  it('misses only what is required, and a paper that is there is never missed', () => {
    fc.assert(
      fc.property(rules, present, waivers, (all, there, waived) => {
        const missing = missingPapers(all, (kind) => there.includes(kind), waived);
        for (const one of missing) {
          expect(one.required).toBe(true);
          expect(there).not.toContain(one.kind);
        }
      }),
    );
  });

  it('lets a missing paper pass only by a waiver that the pack allows, with a reason and its approval', () => {
    fc.assert(
      fc.property(rules, waivers, (all, waived) => {
        const missing = missingPapers(all, () => false, waived).map((one) => one.kind);
        for (const one of all.filter((paper) => paper.required && !missing.includes(paper.kind))) {
          const waiver = waived.find(({ kind }) => kind === one.kind);
          expect(one.waiver).not.toBe('never');
          expect(waiver?.reason.trim()).not.toBe('');
          if (one.waiver === 'supervisor') expect(waiver?.approvedBy).not.toBeNull();
        }
      }),
    );
  });

  it('misses no less when fewer papers are there', () => {
    fc.assert(
      fc.property(rules, present, fc.constantFrom(...kinds), waivers, (all, there, taken, waived) => {
        const before = missingPapers(all, (kind) => there.includes(kind), waived);
        const after = missingPapers(all, (kind) => kind !== taken && there.includes(kind), waived);
        expect(after).toEqual(expect.arrayContaining([...before]));
      }),
    );
  });

  it('requires what the agency asked for, also what nobody knew, and no waiver helps', () => {
    fc.assert(
      fc.property(rules, fc.subarray([...kinds, 'unheard-of']), waivers, (all, asked, waived) => {
        const missing = missingPapers(withAskedFor(all, asked), () => false, waived).map((one) => one.kind);
        expect(missing).toEqual(expect.arrayContaining([...asked]));
      }),
    );
  });
});

describe('a waiver', () => {
  it('is for the paper that it names and no other', () => {
    const [stnk, ktp] = ANNUAL_TAX.documents;
    if (stnk === undefined || ktp === undefined) throw new Error('the annual tax asks for papers');
    const waiver = { kind: 'owner-ktp', reason: 'hilang', approvedBy: 'pengawas' };
    expect(isWaived(ktp, waiver)).toBe(true);
    expect(isWaived({ ...ktp, kind: 'other' }, waiver)).toBe(false);
    expect(isWaived(stnk, { ...waiver, kind: 'stnk' })).toBe(false);
  });

  it.each([
    [{ required: true, waiver: 'never' }, 'pengawas', 'WAIVER_NOT_ALLOWED'],
    [{ required: false, waiver: 'supervisor' }, 'pengawas', 'WAIVER_NOT_ALLOWED'],
    [{ required: true, waiver: 'supervisor' }, null, 'WAIVER_NEEDS_SUPERVISOR'],
    [{ required: true, waiver: 'supervisor' }, 'pengawas', 'ALLOWED'],
    [{ required: true, waiver: 'officer' }, null, 'ALLOWED'],
  ] as const)('of %j by %s is %s', (paper, approvedBy, answer) => {
    expect(mayWaive(paper, approvedBy)).toBe(answer);
  });
});

describe('the annual tax before the province has spoken', () => {
  const ask = (represented: boolean, financed: boolean, ownerKind: 'person' | 'company' = 'person') =>
    checklistFor(ANNUAL_TAX.documents, { ownerKind, represented, financed })
      .filter((one) => one.required)
      .map((one) => one.kind);

  it('asks the owner for STNK and KTP, whoever comes for him for the power of attorney too, a company for its letter', () => {
    expect(ask(false, false)).toEqual(['stnk', 'owner-ktp']);
    expect(ask(true, false)).toEqual(['stnk', 'owner-ktp', 'power-of-attorney', 'representative-ktp']);
    expect(ask(false, false, 'company')).toEqual(['stnk', 'company-letter']);
    expect(ask(false, true)).toEqual(['stnk', 'owner-ktp', 'leasing-letter']);
  });

  it('lets no STNK be waived, and a power of attorney by a supervisor only', () => {
    const waiverOf = (kind: string) => ANNUAL_TAX.documents.find((one) => one.kind === kind)?.waiver;
    expect([waiverOf('stnk'), waiverOf('power-of-attorney')]).toEqual(['never', 'supervisor']);
  });
});
