import { describe, expect, it } from 'vitest';
import { EAST_JAVA_AREAS, type Nrkb, parseNrkb } from '../../src/domain/nrkb.ts';
import { blockFitsKind, nrkbNumberBlock, plateColours, regencyHintOf } from '../../src/domain/nrkb-advice.ts';
import { VEHICLE_USES } from '../../src/domain/vehicle.ts';

function plate(text: string): Nrkb {
  const result = parseNrkb(text);
  if (!result.ok) throw new Error(text);
  return result.value;
}

describe('what a plate number suggests', () => {
  it('1-1999 passenger, 2000-6999 motorcycle, 7000-7999 bus, 8000-9999 goods', () => {
    const blocks = [1, 1999, 2000, 6999, 7000, 7999, 8000, 9999].map((number) =>
      nrkbNumberBlock(plate(`L ${number} A`)),
    );
    expect(blocks).toEqual(['passenger', 'passenger', 'motorcycle', 'motorcycle', 'bus', 'bus', 'goods', 'goods']);
    expect(blockFitsKind(plate('AG 4321 ED'), 'motorcycle')).toBe(true);
    expect(blockFitsKind(plate('AG 4321 ED'), 'truck')).toBe(false);
  });

  it.each([
    ['AG 4321 ED', '3506'],
    ['AG 1 IA', '3505'],
    ['AG 1 KA', '3505'],
    ['AG 1 OA', '3504'],
    ['L 1 Ø', '3578'],
    ['S 1 ØA', '3517'],
    ['M 1 N', '3526'],
    ['W 1 M', '3525'],
    ['N 1 E', '3573'],
    ['P 1 T', '3509'],
    ['AE 1 Z', '3501'],
  ])('%s points to regency %s', (text, regency) => {
    expect(regencyHintOf(plate(text))).toBe(regency);
  });

  it('says nothing where no source does', () => {
    for (const text of ['AG 1 XA', 'S 1 I', 'L 1', 'B 1 A', 'N 1 T']) expect(regencyHintOf(plate(text))).toBeNull();
  });

  it('has advice for each of the eight areas', () => {
    for (const area of EAST_JAVA_AREAS) expect(regencyHintOf(plate(`${area} 1 D`))).not.toBeNull();
  });
});

describe('the colours of a plate', () => {
  it('follow the use: yellow public, red government, white or old black for the others', () => {
    expect(VEHICLE_USES.map((use) => plateColours(use).ground)).toEqual(['white', 'yellow', 'white', 'red']);
    expect(plateColours('private', { isOldStock: true })).toEqual({
      ground: 'black',
      letters: 'white',
      electricMark: false,
    });
    expect(plateColours('government').letters).toBe('white');
    expect(plateColours('public', { energy: 'electric' })).toEqual({
      ground: 'yellow',
      letters: 'black',
      electricMark: true,
    });
    expect(plateColours('private', { energy: 'hybrid' }).electricMark).toBe(false);
  });
});
