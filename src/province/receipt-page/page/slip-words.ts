import type { ProofFault } from './judge-proof.ts';
import { dateWords, type PaperWords, rupiahWords, trustWords } from './receipt-words.ts';
import type { DrawerText, SlipText } from './slip-text.ts';
import type { SlipVerdict } from './verify-slip.ts';

const FORGERIES: Readonly<Record<ProofFault, string>> = {
  OTHER_ROOT: 'Kertas ini tidak dikeluarkan oleh gerai Samsat provinsi ini.',
  CERTIFICATE_FORGED: 'Identitas gerai pada kertas ini palsu.',
  STATEMENT_FORGED: 'Isi kertas ini sudah diubah, atau tidak dibuat oleh gerai yang tertulis.',
  KEY_REVOKED:
    'Perangkat gerai yang mencetaknya hilang atau dicabut, sehingga kertas saja tidak cukup sebagai bukti. Catatan Bapenda yang menentukan.',
  CERTIFICATE_EXPIRED: 'Tanggal pada kertas ini sesudah izin gerai ini berakhir.',
  DATED_LATER: 'Tanggal pada kertas ini belum terjadi.',
};
const ADVICE = ' Tanyakan di gerai atau kepada pengaduan Bapenda.';

const KINDS: Readonly<Record<string, string>> = {
  arrival: 'Bukti kedatangan',
  application: 'Bukti terima berkas',
  'hand-over': 'Bukti serah terima',
  ticket: 'Nomor antrean',
  'cash-close': 'Slip tutup kas',
  'drawer-hand-over': 'Serah terima laci',
  courier: 'Tanda terima setoran',
  'cash-inspection': 'Berita acara pemeriksaan kas',
  'case-letter': 'Surat keterangan',
  'top-up': 'Tanda terima tambahan',
  refund: 'Pengembalian',
};

/** What a slip proves, and what it does not. */
function meaningOf({ statement }: SlipText): string {
  const day = dateWords(statement.on);
  if (statement.kind === 'arrival') {
    return `Bukti kedatangan asli: pemilik kertas ini datang ${day}. Sanksi dihitung dari tanggal itu. Ini bukan bukti bayar.`;
  }
  if (statement.kind === 'application') {
    const promised = statement.promisedOn === null ? '' : ` Perkiraan selesai ${dateWords(statement.promisedOn)}.`;
    return `Bukti terima berkas asli: berkas diterima ${day}.${promised} Ini belum berarti permohonannya selesai.`;
  }
  if (statement.kind === 'hand-over') {
    return `Bukti serah terima asli: berkas diserahkan ${day}. Cocokkan daftar berkas pada kertasnya.`;
  }
  if (statement.kind === 'cash-close') {
    return `Slip tutup kas asli, ditutup ${day}. Angka di bawah ini yang ditandatangani loket.`;
  }
  if (statement.kind === 'drawer-hand-over') {
    return `Serah terima laci asli, ${day}. Angka di bawah ini yang ditandatangani loket.`;
  }
  if (statement.kind === 'cash-inspection') {
    return `Berita acara pemeriksaan kas asli, ${day}. Angka di bawah ini yang ditandatangani loket.`;
  }
  if (statement.kind === 'courier') {
    return `Tanda terima setoran asli: uang diserahkan kepada kurir ${day}. Ini belum bukti masuk bank.`;
  }
  if (statement.kind === 'case-letter') {
    const promised = statement.promisedOn === null ? '' : ` Kabar paling lambat ${dateWords(statement.promisedOn)}.`;
    return `Surat keterangan asli, dibuat ${day}.${promised} Sebutkan nomornya bila menghubungi Samsat.`;
  }
  if (statement.kind === 'top-up') {
    return `Tanda terima tambahan asli: uang diterima ${day}. Jumlahnya tertulis di bawah.`;
  }
  if (statement.kind === 'refund') {
    return `Kertas pengembalian asli, ${day}. Jumlahnya tertulis di bawah.`;
  }
  return `Nomor antrean asli, diambil ${day}. Ini bukan bukti bayar.`;
}

/** The verdict in large words. */
export function slipWordsOf(verdict: Exclude<SlipVerdict, { verdict: 'no-slip' }>): PaperWords {
  if (verdict.verdict === 'genuine') {
    return { tone: 'good', mark: '✓', headline: 'ASLI', meaning: meaningOf(verdict.slip) };
  }
  const meaning = FORGERIES[verdict.reason] + ADVICE;
  // It may be an honest paper from before the loss: nobody may call its holder a forger.
  return verdict.reason === 'KEY_REVOKED'
    ? { tone: 'warning', mark: '?', headline: 'TIDAK DAPAT DIPASTIKAN', meaning }
    : { tone: 'bad', mark: '✕', headline: 'TIDAK ASLI', meaning };
}

/** A line of facts: its name, its value, and whether it is what a person looks for. */
export type FactRow = readonly [string, string, boolean];

const DAY_NAMES: Readonly<Record<string, string>> = {
  arrival: 'Datang',
  application: 'Berkas diterima',
  'hand-over': 'Diserahkan',
  ticket: 'Tanggal',
  'cash-close': 'Ditutup',
  'drawer-hand-over': 'Diserahkan',
  courier: 'Diserahkan kepada kurir',
  'cash-inspection': 'Diperiksa',
};

const NOTES = [100_000, 75_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100];

function varianceWords(variance: number): string {
  if (variance === 0) return 'Pas';
  return `${variance < 0 ? 'Kurang' : 'Lebih'} ${rupiahWords(Math.abs(variance))}`;
}

/** The figures of a drawer, as its slip lists them. */
function drawerRows(drawer: DrawerText): readonly FactRow[] {
  const { counted, expected, pieces, firstSeq, lastSeq, head } = drawer;
  const sum = (name: string, amount: number): FactRow => [name, rupiahWords(amount), false];
  const count = NOTES.flatMap((note, index) => {
    const of = pieces[index] ?? 0;
    return of === 0 ? [] : [`${String(of)} x ${rupiahWords(note)}`];
  });
  return [
    ['Uang dihitung', rupiahWords(counted), true],
    sum('Seharusnya ada', expected),
    ['Selisih', varianceWords(counted - expected), true],
    ['Pecahan', count.length === 0 ? 'laci kosong' : count.join(', '), false],
    sum('Modal', drawer.float),
    sum('Uang dari layanan', drawer.sales),
    ...(drawer.voids === 0 ? [] : [sum('Pembatalan', drawer.voids)]),
    ...(drawer.refunds === 0 ? [] : [sum('Pengembalian', drawer.refunds)]),
    ...(drawer.rounding === 0 ? [] : [sum('Pembulatan', drawer.rounding)]),
    sum('Masuk brankas', drawer.toSafe),
    ['Catatan', `${String(firstSeq)} sampai ${String(lastSeq)}`, false],
    ['Kepala rantai', head, false],
  ];
}

/** What a genuine slip says, line by line; `outlet` is its name as the page knows it. */
export function slipRows({ statement }: SlipText, outlet: string): readonly FactRow[] {
  const { kind, number, subject, on, promisedOn, timeTrust, seq, drawer } = statement;
  return [
    ['Kertas', KINDS[kind] ?? kind, false],
    ['Nomor', number, false],
    ...(subject === '' ? [] : [['Untuk', subject, true] as const]),
    [DAY_NAMES[kind] ?? 'Tanggal', dateWords(on), true],
    ['Dasar waktu', trustWords(timeTrust), false],
    ...(promisedOn === null ? [] : [['Perkiraan selesai', dateWords(promisedOn), false] as const]),
    ...(drawer === undefined ? [] : drawerRows(drawer)),
    ['Gerai', outlet, false],
    ['Nomor urut di gerai', String(seq), false],
  ];
}

const STATES: Readonly<Record<string, string>> = {
  unknown: 'Belum sampai di Bapenda. Gerai bisa sedang tanpa koneksi; periksa lagi nanti dan simpan kertasnya.',
  'in-custody': 'Sudah tercatat di Bapenda.',
  received: 'Berkas sudah diterima dan tercatat di Bapenda.',
  incomplete: 'Berkas belum lengkap. Pemohon perlu datang ke gerai.',
  sent: 'Berkas sudah dikirim ke instansi tujuan.',
  'in-process': 'Berkas sedang diproses instansi tujuan.',
  ready: 'Hasilnya sudah siap diambil di gerai.',
  returned: 'Berkas dikembalikan. Tanyakan alasannya di gerai.',
  'handed-over': 'Hasilnya sudah diserahkan.',
};

/** Whether the province can say more of this kind of slip than the paper says itself. */
export function hasState(kind: string): boolean {
  return ['arrival', 'application', 'cash-close', 'drawer-hand-over', 'courier', 'cash-inspection'].includes(kind);
}

/** Where a genuine slip stands at the province; null asks for a line. */
export function slipStateWords(kind: string, state: string | null): string {
  if (!hasState(kind)) return 'Kertas ini sudah lengkap; tidak ada keadaan lain yang perlu ditanyakan.';
  if (state === null) {
    return 'Tanpa koneksi: keaslian sudah diperiksa di HP ini, tetapi keadaannya di Bapenda tidak dapat ditanyakan.';
  }
  return (Object.hasOwn(STATES, state) ? STATES[state] : undefined) ?? 'Sudah tercatat di Bapenda.';
}
