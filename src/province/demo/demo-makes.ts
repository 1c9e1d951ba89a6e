import type { VehicleKind } from '../../domain/vehicle.ts';

/** A model with the range of its taxable value in whole rupiah, as the yearly table has it for the last ten years. */
export type DemoModel = {
  readonly kind: VehicleKind;
  readonly make: string;
  readonly model: string;
  readonly engineCc: number;
  readonly njkb: readonly [number, number];
  readonly diesel?: true;
};

const model = (
  kind: VehicleKind,
  make: string,
  name: string,
  engineCc: number,
  njkb: readonly [number, number],
): DemoModel => ({ kind, make, model: name, engineCc, njkb });

const diesel = (...facts: Parameters<typeof model>): DemoModel => ({ ...model(...facts), diesel: true });

/** What stands under the plates 2000 to 6999. */
export const MOTORCYCLES: readonly DemoModel[] = [
  model('motorcycle', 'HONDA', 'BEAT CBS', 110, [7_200_000, 13_800_000]),
  model('motorcycle', 'HONDA', 'VARIO 125', 125, [9_500_000, 17_400_000]),
  model('motorcycle', 'HONDA', 'SUPRA X 125', 125, [6_300_000, 13_900_000]),
  model('motorcycle', 'HONDA', 'PCX 160', 157, [17_800_000, 26_500_000]),
  model('motorcycle', 'YAMAHA', 'MIO M3', 125, [6_800_000, 13_100_000]),
  model('motorcycle', 'YAMAHA', 'NMAX 155', 155, [15_400_000, 26_900_000]),
  model('motorcycle', 'YAMAHA', 'VIXION', 150, [11_700_000, 22_300_000]),
  model('motorcycle', 'SUZUKI', 'SATRIA F150', 147, [9_900_000, 21_700_000]),
  model('motorcycle', 'KAWASAKI', 'NINJA 250', 249, [28_400_000, 53_800_000]),
  model('motorcycle', 'KAWASAKI', 'VERSYS 650', 649, [96_000_000, 158_000_000]),
  model('three-wheeler', 'VIAR', 'KARYA 200', 197, [14_200_000, 24_600_000]),
];

/** What stands under the plates 1 to 1999. */
export const CARS: readonly DemoModel[] = [
  model('minibus', 'TOYOTA', 'AVANZA 1.3 G', 1329, [91_000_000, 168_000_000]),
  model('minibus', 'DAIHATSU', 'XENIA 1.3 R', 1329, [84_000_000, 159_000_000]),
  diesel('minibus', 'TOYOTA', 'KIJANG INNOVA 2.4 V', 2393, [172_000_000, 318_000_000]),
  model('minibus', 'MITSUBISHI', 'XPANDER 1.5', 1499, [138_000_000, 214_000_000]),
  model('minibus', 'SUZUKI', 'ERTIGA GX', 1462, [101_000_000, 172_000_000]),
  model('sedan', 'HONDA', 'CITY 1.5', 1497, [112_000_000, 236_000_000]),
  model('sedan', 'TOYOTA', 'VIOS 1.5 G', 1496, [106_000_000, 219_000_000]),
  model('jeep', 'TOYOTA', 'RUSH 1.5 S', 1496, [136_000_000, 203_000_000]),
  diesel('jeep', 'MITSUBISHI', 'PAJERO SPORT 2.4', 2442, [268_000_000, 447_000_000]),
  model('minibus', 'DAIHATSU', 'SIGRA 1.2', 1197, [68_000_000, 112_000_000]),
];

/** What stands under the plates 7000 to 7999. */
export const BUSES: readonly DemoModel[] = [
  diesel('bus', 'HINO', 'RK8', 7684, [402_000_000, 688_000_000]),
  diesel('microbus', 'ISUZU', 'ELF NLR', 2771, [176_000_000, 287_000_000]),
];

/** What stands under the plates 8000 to 9999. */
export const GOODS: readonly DemoModel[] = [
  model('pickup', 'SUZUKI', 'CARRY 1.5', 1462, [62_000_000, 109_000_000]),
  diesel('pickup', 'MITSUBISHI', 'L300', 2268, [98_000_000, 152_000_000]),
  model('blind-van', 'DAIHATSU', 'GRAN MAX', 1298, [71_000_000, 113_000_000]),
  diesel('light-truck', 'MITSUBISHI', 'COLT DIESEL FE 74', 3907, [187_000_000, 304_000_000]),
  diesel('truck', 'HINO', 'DUTRO 136', 4009, [216_000_000, 348_000_000]),
  diesel('truck', 'MITSUBISHI', 'FUSO FN 62', 7545, [438_000_000, 702_000_000]),
];

export const COLOURS: readonly string[] = ['HITAM', 'PUTIH', 'MERAH', 'BIRU', 'ABU-ABU', 'SILVER', 'COKLAT', 'HIJAU'];
