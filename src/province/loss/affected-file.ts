import { spreadsheetText } from '../../domain/spreadsheet-text.ts';
import type { AffectedPerson } from './affected-persons.ts';

const BYTE_ORDER_MARK = '\uFEFF';

const HEAD = ['Tanggal', 'Layanan', 'Nomor', 'Nama', 'Telepon', 'Nomor Polisi', 'Data di komputer', 'Halaman berkas'];

/** What was done, in the words of the letter; a type that is newer than this list bears its own name. */
const SERVICES: Readonly<Record<string, string>> = {
  'transaction.paid': 'pembayaran pajak tahunan',
  'arrival.recorded': 'titip berkas',
  'application.received': 'permohonan layanan',
  'originals.handed-over': 'berkas diambil',
  'queue.ticket-issued': 'nomor antrean',
  'refund.requested': 'permintaan pengembalian uang',
  'case.noted': 'catatan kasus',
  'case.matched': 'kendaraan dicocokkan',
  'cash.dispatched': 'kurir setoran',
};

const DATA: Readonly<Record<string, string>> = {
  ownerName: 'nama pemilik',
  payerName: 'nama pembayar',
  name: 'nama',
  applicantName: 'nama pemohon',
  accountHolder: 'nama pemilik rekening',
  payerPhone: 'telepon',
  phone: 'telepon',
  applicantPhone: 'telepon',
  nrkb: 'nomor polisi',
  chassisNumber: 'nomor rangka',
  bank: 'bank',
  accountNumber: 'nomor rekening',
  note: 'isi catatan',
  fields: 'isian formulir',
};

const NAMES = ['ownerName', 'payerName', 'name', 'applicantName', 'accountHolder'] as const;
const PHONES = ['payerPhone', 'phone', 'applicantPhone'] as const;

const UNREADABLE: Readonly<Record<NonNullable<AffectedPerson['problem']>, string>> = {
  ERASED: 'sudah dihapus atas permintaan',
  KEY_MISSING: 'kunci belum tiba dari perangkat',
  KEY_FILE_AWAY: 'berkas kunci tidak ada di server ini',
  KEY_UNREADABLE: 'kunci rusak',
  BODY_UNREADABLE: 'isi rusak',
};

/** Each text of the named fields once; an owner who pays himself is one person. */
function texts(personal: AffectedPerson['personal'], names: readonly string[]): string {
  const found = names.map((name) => personal[name]).filter((value) => typeof value === 'string' && value !== '');
  return [...new Set(found)].join(' / ');
}

function held({ personal, problem }: AffectedPerson): string {
  if (problem !== null) return UNREADABLE[problem];
  const names = Object.entries(personal).flatMap(([name, value]) =>
    value === null || name === 'receiptSig' ? [] : [DATA[name] ?? name],
  );
  return [...new Set(names)].join(', ');
}

function row(person: AffectedPerson): readonly string[] {
  const { personal, on, type, number, pages } = person;
  return [
    on,
    SERVICES[type] ?? type,
    number ?? '',
    texts(personal, NAMES),
    texts(personal, PHONES),
    texts(personal, ['nrkb']),
    held(person),
    String(pages),
  ];
}

/** The list as CSV for a spreadsheet in Indonesia, one line for each entry of the journal that holds a person. */
export function affectedFile(persons: readonly AffectedPerson[]): Uint8Array {
  const line = (cells: readonly string[]): string => `${cells.map(spreadsheetText).join(';')}\r\n`;
  return Buffer.from(BYTE_ORDER_MARK + [HEAD, ...persons.map(row)].map(line).join(''), 'utf8');
}
