import { formatLocalDate, type LocalDate } from '../../../domain/local-date.ts';

/** Names of the files, as a person reads them. */
export const EVIDENCE_FILES = {
  journal: 'jurnal.ndjson',
  custody: 'bukti-terima.ndjson',
  keys: 'kunci.ndjson',
  period: 'daftar-masa.csv',
  verifier: 'verify.mjs',
  guide: 'LIHAT-SAYA.txt',
} as const;

/** Columns of the list of a period. */
export const PERIOD_HEADER = ['nomor_urut', 'waktu_wib', 'jenis', 'petugas', 'sesi_kas', 'sidik'];

/** How to check the folder without this program, in plain words. */
export function evidenceGuide(of: {
  readonly outletName: string;
  readonly outletId: string;
  readonly deviceNo: number;
  readonly letter: string;
  readonly auditor: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly entries: number;
  readonly periodEntries: number;
  readonly rootKey: string;
  /** SHA-256 in hexadecimal, as other programs print it. */
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}): string {
  const { journal, custody, keys, period, verifier } = EVIDENCE_FILES;
  return `LIHAT SAYA DULU

Salinan jurnal loket ${of.outletName} (${of.outletId}, perangkat ${String(of.deviceNo)}).
Masa ${formatLocalDate(of.from)} sampai ${formatLocalDate(of.to)}. Surat tugas ${of.letter}, ${of.auditor}.
Penyalinan ini sendiri tercatat di jurnal loket.

ISI
  ${journal}        jurnal, ${String(of.entries)} catatan dari yang pertama, bertanda tangan satu per satu
  ${custody}  tanda terima Bapenda atas catatan itu
  ${keys}         kunci Bapenda yang menandatanganinya
  ${period}      daftar ${String(of.periodEntries)} catatan dalam masa ini; kolom sidik menunjuk ke ${journal}
  ${verifier}          pemeriksa mandiri, tidak memakai satu baris pun dari program loket

Jurnal disalin seluruhnya, bukan masa ini saja: rantainya hanya terbukti dari catatan pertama.
Nama, nomor polisi, dan rekening tetap tersandi; angka dan waktunya terbaca.

CARA MEMERIKSA (Node.js 20 atau lebih baru, tanpa internet)
  node ${verifier} journal ${journal} --root=${of.rootKey} --custody ${custody} --keys ${keys}

Jawaban terakhir "ok":true: tidak ada catatan yang diubah, disisipkan, atau dibuang.
Cocokkan dulu kunci di belakang --root dengan yang diumumkan Bapenda; kunci dari folder ini saja bukan bukti.

SIDIK BERKAS (SHA-256)
${of.files.map(({ name, sha256 }) => `  ${sha256}  ${name}`).join('\n')}
`.replaceAll('\n', '\r\n');
}
