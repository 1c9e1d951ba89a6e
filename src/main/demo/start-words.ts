import { type DemoData, DEMO_SUPERVISOR_ID } from './demo-data.ts';

/** Whose day the demo shows: an officer's counter, or a supervisor's own device. */
export type DemoRole = 'petugas' | 'pengawas';

const ROLES: Readonly<Record<string, string>> = {
  officer: 'petugas',
  supervisor: 'pengawas',
  installer: 'pemasang',
};
/** Enough plates to begin with; the README has all of them. */
const PLATES_SHOWN = 8;

/** What the supervisor's demo has in store. */
const SUPERVISOR_SHOWS = [
  '  Ctrl+5 Wilayah: lima gerai dengan delapan hari kerja, yang terburuk di atas.',
  '  Ctrl+0 Rekap Harian: hari yang cocok dan hari yang berselisih. Ctrl+; Persetujuan.',
  '  Tiga gerakan orang dalam tertanam: data diubah sebelum dibukukan (Al-Barokah), dibatalkan lalu dijual',
  '  lebih rendah (Miftahul Ulum), kertas keluar tetapi kas tidak disetor (Nurul Iman).',
];

const platesOf = ({ plates }: DemoData): readonly string[] => [
  '  Nomor polisi contoh, dengan lima karakter akhir nomor rangka:',
  ...plates
    .slice(0, PLATES_SHOWN)
    .map(({ nrkb, chassisTail, shows }) => `    ${nrkb.padEnd(11)}  ${chassisTail}  ${shows}`),
];

/** What stands on the terminal when the whole demo runs: addresses, people with their PINs, plates to try, keys. */
export function demoSummary(facts: {
  readonly counterUrl: string;
  readonly provinceUrl: string;
  readonly data: DemoData;
  readonly outletId: string;
  readonly role: DemoRole;
}): readonly string[] {
  const isOwn = facts.role === 'pengawas';
  const officers = facts.data.officers.filter(
    ({ outletId, officerId }) => outletId === facts.outletId && (!isOwn || officerId === DEMO_SUPERVISOR_ID),
  );
  const width = Math.max(0, ...officers.map((officer) => officer.name.length));
  return [
    '',
    'Loket OPOP siap.',
    `  Loket     ${facts.counterUrl}`,
    `  Bapenda   ${facts.provinceUrl}  (pemeriksa tanda terima: ${facts.provinceUrl}/t)`,
    '',
    '  Masuk sebagai (PIN contoh, bukan rahasia):',
    ...officers.map(({ name, role, pin }) => `    ${name.padEnd(width)}  PIN ${pin}  ${ROLES[role] ?? role}`),
    '',
    ...(isOwn ? SUPERVISOR_SHOWS : platesOf(facts.data)),
    '',
  ];
}

/** The keys of the terminal while the demo runs. */
export const DEMO_KEYS = 'Ketik p lalu Enter: matikan atau nyalakan Bapenda. Ketik q lalu Enter: keluar.';

/** What stands on the terminal when a training runs. */
export function trainingSummary(url: string, dataDir: string): readonly string[] {
  return [
    '',
    'LATIHAN Loket OPOP siap. Bukan uang sungguhan; tidak ada yang dikirim ke mana pun.',
    `  Loket     ${url}`,
    `  Data      ${dataDir}  (folder hari ini; boleh dihapus sesudahnya)`,
    '  Masuk     siapa saja, PIN 123456; plat dan langkahnya di docs/latihan-30-menit.md',
    '',
  ];
}
