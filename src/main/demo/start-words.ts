import type { DemoData } from './demo-data.ts';

const ROLES: Readonly<Record<string, string>> = {
  officer: 'petugas',
  supervisor: 'pengawas',
  installer: 'pemasang',
};
/** Enough plates to begin with; the README has all of them. */
const PLATES_SHOWN = 8;

/** What stands on the terminal when the whole demo runs: addresses, people with their PINs, plates to try, keys. */
export function demoSummary(facts: {
  readonly counterUrl: string;
  readonly provinceUrl: string;
  readonly data: DemoData;
  readonly outletId: string;
}): readonly string[] {
  const officers = facts.data.officers.filter((officer) => officer.outletId === facts.outletId);
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
    '  Nomor polisi contoh, dengan lima karakter akhir nomor rangka:',
    ...facts.data.plates
      .slice(0, PLATES_SHOWN)
      .map(({ nrkb, chassisTail, shows }) => `    ${nrkb.padEnd(11)}  ${chassisTail}  ${shows}`),
    '',
  ];
}

/** The keys of the terminal while the demo runs. */
export const DEMO_KEYS = 'Ketik p lalu Enter: matikan atau nyalakan Bapenda. Ketik q lalu Enter: keluar.';
