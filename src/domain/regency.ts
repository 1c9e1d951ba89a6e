/** The 38 regencies and cities of East Java by the code of Kemendagri, which here equals that of BPS. */
const REGENCY_NAMES = {
  '3501': 'Kab. Pacitan',
  '3502': 'Kab. Ponorogo',
  '3503': 'Kab. Trenggalek',
  '3504': 'Kab. Tulungagung',
  '3505': 'Kab. Blitar',
  '3506': 'Kab. Kediri',
  '3507': 'Kab. Malang',
  '3508': 'Kab. Lumajang',
  '3509': 'Kab. Jember',
  '3510': 'Kab. Banyuwangi',
  '3511': 'Kab. Bondowoso',
  '3512': 'Kab. Situbondo',
  '3513': 'Kab. Probolinggo',
  '3514': 'Kab. Pasuruan',
  '3515': 'Kab. Sidoarjo',
  '3516': 'Kab. Mojokerto',
  '3517': 'Kab. Jombang',
  '3518': 'Kab. Nganjuk',
  '3519': 'Kab. Madiun',
  '3520': 'Kab. Magetan',
  '3521': 'Kab. Ngawi',
  '3522': 'Kab. Bojonegoro',
  '3523': 'Kab. Tuban',
  '3524': 'Kab. Lamongan',
  '3525': 'Kab. Gresik',
  '3526': 'Kab. Bangkalan',
  '3527': 'Kab. Sampang',
  '3528': 'Kab. Pamekasan',
  '3529': 'Kab. Sumenep',
  '3571': 'Kota Kediri',
  '3572': 'Kota Blitar',
  '3573': 'Kota Malang',
  '3574': 'Kota Probolinggo',
  '3575': 'Kota Pasuruan',
  '3576': 'Kota Mojokerto',
  '3577': 'Kota Madiun',
  '3578': 'Kota Surabaya',
  '3579': 'Kota Batu',
} as const;

/** Code of a regency (kabupaten) or city (kota) of East Java: beneficiary of opsen and subscription parking. */
export type RegencyCode = keyof typeof REGENCY_NAMES;

/** Whether a text is one of the 38 codes. */
export function isRegencyCode(text: unknown): text is RegencyCode {
  return typeof text === 'string' && Object.hasOwn(REGENCY_NAMES, text);
}

/** All codes in rising order: 29 regencies, then 9 cities. */
export const REGENCY_CODES: readonly RegencyCode[] = Object.keys(REGENCY_NAMES).filter(isRegencyCode).sort();

/** The name as papers print it, `Kab. Kediri` or `Kota Kediri`. */
export function regencyName(code: RegencyCode): string {
  return REGENCY_NAMES[code];
}
