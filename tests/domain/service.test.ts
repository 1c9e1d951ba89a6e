import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { servicePackSchema } from '../../src/contract/service-pack.ts';
import { ANNUAL_TAX } from '../../src/domain/annual-tax.ts';
import { addDays } from '../../src/domain/local-date.ts';
import { type Agreement, promisedOn, type Service, serviceOff } from '../../src/domain/service.ts';
import { on } from '../support/dates.ts';

const TODAY = on('2026-11-22');
const AGREEMENT: Agreement = {
  agency: 'Disdukcapil Kab. Kediri',
  number: 'PKS-12/2026',
  from: on('2026-11-01'),
  to: on('2027-10-31'),
};
const family: Pick<Service, 'enabled' | 'mandate' | 'vehicle' | 'agreement'> = {
  enabled: true,
  mandate: 'other',
  vehicle: 'none',
  agreement: AGREEMENT,
};

describe('a service outside the mandate of the Samsat', () => {
  it('can be chosen on every day of its agreement and on no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: -600, max: 600 }), (days) => {
        const day = addDays(AGREEMENT.from, days);
        const off = serviceOff(family, day);
        if (day < AGREEMENT.from) expect(off).toBe('AGREEMENT_NOT_BEGUN');
        else expect(off).toBe(day > AGREEMENT.to ? 'AGREEMENT_ENDED' : null);
      }),
    );
  });

  it('can never be on without agency, number and both days, whatever its pack says and whoever made it by hand', () => {
    const nothing = [undefined, null, '', '  ', 'ab', 0, {}];
    const broken = fc.oneof(
      fc.tuple(fc.constantFrom('agency', 'number', 'from', 'to'), fc.constantFrom<unknown>(...nothing)),
      fc.tuple(fc.constantFrom('from', 'to'), fc.constantFrom<unknown>('2026-02-30', 'kapan saja', '2027')),
    );
    fc.assert(
      fc.property(broken, fc.constantFrom('other', undefined, 'samsat'), ([name, value], mandate) => {
        // The type forbids it; an object that came past every schema does not know that.
        const agreement: Agreement = Object.assign({}, AGREEMENT, { [name]: value });
        const forged: typeof family = Object.assign({}, family, { mandate, agreement });
        expect(serviceOff(forged, TODAY)).toBe('AGREEMENT_MISSING');
      }),
    );
    for (const agreement of [null, undefined]) {
      const forged: typeof family = Object.assign({}, family, { agreement });
      expect(serviceOff(forged, TODAY)).toBe('AGREEMENT_MISSING');
    }
  });

  it('needs its agreement also where its pack claims the mandate of the Samsat for something without a vehicle', () => {
    expect(serviceOff({ ...family, mandate: 'samsat', agreement: null }, TODAY)).toBe('AGREEMENT_MISSING');
    expect(serviceOff({ ...family, mandate: 'samsat', vehicle: 'required', agreement: null }, TODAY)).toBeNull();
  });

  it('is no agreement that ends before it begins', () => {
    const upsideDown = { ...AGREEMENT, from: AGREEMENT.to, to: AGREEMENT.from };
    expect(serviceOff({ ...family, agreement: upsideDown }, TODAY)).toBe('AGREEMENT_MISSING');
  });
});

describe('a service that is not enabled', () => {
  it('cannot be chosen, with or without an agreement', () => {
    expect(serviceOff({ ...family, enabled: false }, TODAY)).toBe('NOT_ENABLED');
    expect(serviceOff({ ...ANNUAL_TAX, enabled: false }, TODAY)).toBe('NOT_ENABLED');
  });
});

describe('the promise of a service', () => {
  it('is counted in calendar days from the day of receipt, and none where none is given', () => {
    expect(promisedOn({ promisedDays: 7 }, on('2026-12-28'))).toBe('2027-01-04');
    expect(promisedOn({ promisedDays: 0 }, TODAY)).toBe(TODAY);
    expect(promisedOn({ promisedDays: null }, TODAY)).toBeNull();
  });
});

describe('the services that ship with the product', () => {
  const folder = new URL('../../resources/service-packs/', import.meta.url);
  const packs = readdirSync(folder).map((name) =>
    servicePackSchema.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))),
  );
  const idsWhere = (test: (pack: Service) => boolean): string[] =>
    packs
      .filter(test)
      .map((pack) => pack.serviceId)
      .toSorted();

  it('are on for what goes to the Samsat Induk, and off for every example of another agency', () => {
    expect(idsWhere((pack) => serviceOff(pack, TODAY) === null)).toEqual([
      'address-change',
      'block-removal',
      'five-year-renewal',
      'lost-stnk',
    ]);
    expect(idsWhere((pack) => pack.mandate === 'other' && !pack.enabled && pack.agreement === null)).toEqual([
      'birth-certificate',
      'driving-licence',
      'e-ktp',
      'family-card',
      'passport',
    ]);
  });

  it('ask for no paper and no field twice, and say on the slip that it is not the end', () => {
    for (const { serviceId, documents, fields, slipNotes } of packs) {
      expect(new Set(documents.map(({ kind }) => kind)).size, serviceId).toBe(documents.length);
      expect(new Set(fields.map(({ name }) => name)).size, serviceId).toBe(fields.length);
      expect(slipNotes.join(' '), serviceId).toContain('belum berarti selesai');
    }
  });

  it('can stand in a feed as they are, the annual tax too', () => {
    expect(servicePackSchema.parse({ ...ANNUAL_TAX, version: 1 })).toEqual({ ...ANNUAL_TAX, version: 1 });
  });
});
