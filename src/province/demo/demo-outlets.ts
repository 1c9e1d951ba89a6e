import type { Outlet } from '../../contract/sync-protocol.ts';
import type { Role } from '../../contract/primitives.ts';

/** The outlet at which `npm start` enrols its counter; its areas are all of East Java, so that it meets every show plate. */
export const DEFAULT_OUTLET_ID = '3506-017';

/** Made-up outlets at made-up pesantren, in real regencies. */
export const DEMO_OUTLETS: readonly Outlet[] = [
  {
    outletId: DEFAULT_OUTLET_ID,
    name: 'Gerai Ponpes Al-Hikmah',
    address: 'Jl. Raya Purwoasri 17, Kab. Kediri',
    regency: '3506',
    areas: ['AG', 'L', 'W', 'S', 'N', 'M', 'P', 'AE'],
  },
  {
    outletId: '3518-004',
    name: 'Gerai Ponpes Darul Falah',
    address: 'Jl. Wilis 4, Tanjunganom, Kab. Nganjuk',
    regency: '3518',
    areas: ['AG', 'AE', 'S'],
  },
  {
    outletId: '3516-002',
    name: 'Gerai Ponpes Nurul Iman',
    address: 'Jl. Pacet 21, Kab. Mojokerto',
    regency: '3516',
    areas: ['S', 'W', 'L'],
  },
  {
    outletId: '3526-009',
    name: 'Gerai Ponpes Al-Barokah',
    address: 'Jl. Raya Socah 9, Kab. Bangkalan',
    regency: '3526',
    areas: ['M', 'L'],
  },
  {
    outletId: '3509-031',
    name: 'Gerai Ponpes Miftahul Ulum',
    address: 'Dusun Krajan, Silo, Kab. Jember',
    regency: '3509',
    areas: ['P', 'N'],
  },
  {
    outletId: '3507-012',
    name: 'Gerai Ponpes Raudlatul Jannah',
    address: 'Jl. Sumbermanjing 12, Kab. Malang',
    regency: '3507',
    areas: ['N', 'AG'],
  },
];

/** One person of an outlet; PINs of the demo are no secret. */
export type DemoPerson = {
  readonly officerId: string;
  readonly outletId: string;
  readonly name: string;
  readonly role: Role;
};

const PEOPLE: readonly (readonly [Role, string, readonly string[]])[] = [
  [
    'officer',
    'petugas-1',
    ['Siti Aminah', 'Nur Hidayah', 'Dewi Lestari', 'Umi Kulsum', 'Rina Wahyuni', 'Lailatul Fitri'],
  ],
  [
    'officer',
    'petugas-2',
    ['Ahmad Fauzi', 'Muhammad Ridwan', 'Agus Salim', 'Abdul Karim', 'Joko Susilo', 'Imam Syafi’i'],
  ],
  [
    'supervisor',
    'pengawas',
    ['Hj. Khofifah Rahma', 'Bambang Hariyadi', 'Sri Wulandari', 'Moh. Hasan', 'Endang Astuti', 'Slamet Riyadi'],
  ],
  [
    'installer',
    'pemasang',
    ['Dimas Prasetyo', 'Yoga Saputra', 'Fajar Nugroho', 'Rizky Maulana', 'Wahyu Hidayat', 'Bagus Setiawan'],
  ],
];

/** The one auditor of the demo; his letter is for the default outlet. */
export const DEMO_AUDITOR_ID = 'pemeriksa';

/** Two officers, a supervisor and an installer for every outlet, and an auditor for the default one. */
export function demoPeople(): readonly DemoPerson[] {
  const people = DEMO_OUTLETS.flatMap(({ outletId }, index) =>
    PEOPLE.map(([role, title, names]) => ({
      officerId: outletId === DEFAULT_OUTLET_ID ? title : `${title}-${outletId}`,
      outletId,
      name: names[index % names.length] ?? title,
      role,
    })),
  );
  // Last, so that nobody else's PIN is another one with him.
  return [
    ...people,
    { officerId: DEMO_AUDITOR_ID, outletId: DEFAULT_OUTLET_ID, name: 'Drs. Sutrisno', role: 'auditor' },
  ];
}
