import type { ApplicationView, ServiceView } from '../../contract/views-documents.ts';
import type { FieldProblem, FormField } from '../../domain/form-values.ts';
import type { LocalDate } from '../../domain/local-date.ts';
import { assertNever } from '../../domain/result.ts';
import type { Tone } from './axes-text.ts';
import { count, day, longDay } from './format.ts';
import * as ENGLISH from './en/application-text.ts';
import { inLanguage } from './language.ts';

type State = ApplicationView['state'];
type Taker = 'owner' | 'representative' | 'agency';

/** Ways to show that somebody may take papers away; words, never a number of a card. */
const EVIDENCE: readonly string[] = [
  'KTP asli dilihat, foto cocok',
  'Surat kuasa bermaterai dan KTP',
  'Bukti terima asli ditunjukkan',
];

/** Permohonan: papers that go on to an agency. */
export const APPLICATION_TEXT = inLanguage(
  {
    tab: 'Permohonan',
    list: 'Daftar permohonan',
    show: 'Tampilkan',
    open: 'Yang berjalan',
    all: 'Semua',
    empty: 'Belum ada permohonan yang berjalan.',
    emptyNext: 'Tekan Permohonan baru untuk menerima berkas.',
    choose: 'Pilih satu permohonan, lalu Enter untuk membukanya. Setiap kali dibuka, itu dicatat.',
    begin: 'Permohonan baru',
    columns: { number: 'Nomor', service: 'Layanan', name: 'Pemohon', promised: 'Dijanjikan', state: 'Keadaan' },
    noName: 'tanpa nama',
    late: 'lewat janji',
    pages: (pages: number): string => `${count(pages)} halaman`,
    missingCount: (missing: number): string => `kurang ${count(missing)} berkas`,

    unfinished: (service: string): string => `Permohonan ${service} belum selesai dan masih tersimpan.`,
    resume: 'Lanjutkan',
    abandon: 'Batalkan permohonan ini',

    services: 'Pilih layanan',
    servicesNone: 'Belum ada layanan berkas untuk loket ini.',
    servicesNoneNext: 'Layanan dibuka oleh Bapenda dan datang saat ada koneksi.',
    audience: 'Untuk',
    agency: 'Diteruskan ke',
    promise: 'Janji selesai',
    promised: (days: number | null): string => (days === null ? 'tidak dijanjikan' : `${count(days)} hari`),
    promisedOn: (on: LocalDate | null): string => (on === null ? 'tidak dijanjikan' : longDay(on)),
    agreement: (number: string, to: LocalDate): string => `kerja sama ${number}, sampai ${day(to)}`,
    notOpen: 'Belum dibuka di loket ini',
    choice: 'Mulai',
    back: 'Kembali ke daftar',

    applicant: 'Pemohon',
    form: 'Isian',
    documents: 'Syarat',
    name: 'Nama pemohon',
    phone: 'Nomor telepon',
    isSubject: 'Orangnya sendiri',
    plate: 'Nomor Polisi',
    plateWrong: 'Nomor polisi ini tidak mungkin. Contoh: AG 4321 ED.',
    noFields: 'Layanan ini tidak punya isian lain.',
    requiredMark: 'wajib',
    yes: 'Ya',
    chooseOne: 'Pilih',
    missingNow: (labels: readonly string[]): string =>
      labels.length === 0 ? 'Semua berkas wajib ada.' : `Masih kurang: ${labels.join(', ')}.`,
    incompleteAllowed: 'Boleh diterima dulu; kekurangannya tercetak di bukti terima.',
    receive: 'Terima berkas',
    saving: 'Menyimpan',

    received: 'Berkas sudah diterima dan tersimpan',
    number: 'Nomor',
    complete: 'Lengkap: diteruskan begitu ada koneksi.',
    incomplete: (labels: readonly string[]): string => `Belum lengkap. Warga masih membawa: ${labels.join(', ')}.`,
    slipAsked: 'Bukti terima dikirim ke printer.',
    slipState: (printer: string, state: string): string => `Bukti terima di ${printer}: ${state}.`,
    slipMissing: 'Bukti terima belum tercetak. Permohonannya sudah tersimpan.',
    slip: 'Cetak bukti terima',
    next: 'Permohonan berikutnya',
    toPage: 'Buka permohonan ini',

    life: 'Perjalanan',
    reason: 'Alasan',
    agencyNumber: 'Nomor di instansi',
    missing: 'Masih kurang',
    receivedOn: 'Diterima',
    completeTitle: 'Berkas yang menyusul',
    completeNow: 'Catat berkas yang menyusul',
    handOver: 'Serahkan hasil',
    handOverTitle: (number: string): string => `Serahkan hasil ${number}`,
    handedOver: 'Hasil diserahkan. Minta tanda tangan pada bukti serah terima.',
  },
  ENGLISH.APPLICATION_TEXT,
);

/** The form of a hand-over, for a result or for originals. */
export const HAND_OVER_TEXT = inLanguage(
  {
    to: 'Diserahkan kepada',
    takers: {
      owner: 'Pemilik atau pemohon sendiri',
      representative: 'Yang diberi kuasa',
      agency: 'Instansi atau kurir',
    } satisfies Record<Taker, string>,
    name: 'Nama yang menerima',
    evidence: 'Bagaimana dipastikan',
    evidenceHow: 'Pilih yang benar-benar dilihat, juga dengan angka 1 sampai 3.',
    evidences: EVIDENCE,
    otherEvidence: 'Cara lain (tanpa nomor kartu)',
    submit: 'Serahkan dan cetak',
    cancel: 'Kembali',
  },
  ENGLISH.HAND_OVER_TEXT,
);

const STATES: Readonly<Record<State, readonly [Tone, string]>> = {
  draft: ['none', inLanguage('draf', 'draft')],
  received: ['moving', inLanguage('diterima', 'received')],
  incomplete: ['waiting', inLanguage('belum lengkap', 'incomplete')],
  sent: ['moving', inLanguage('diteruskan ke instansi', 'passed on to the agency')],
  'in-process': ['moving', inLanguage('diproses instansi', 'at work at the agency')],
  ready: ['waiting', inLanguage('siap diambil', 'ready to be fetched')],
  returned: ['person', inLanguage('dikembalikan instansi', 'returned by the agency')],
  'handed-over': ['settled', inLanguage('sudah diserahkan', 'handed over')],
};

/** State of a request as colour and word. */
export function applicationMark(state: State): Readonly<{ tone: Tone; word: string }> {
  const [tone, word] = STATES[state];
  return { tone, word };
}

const OFF: Readonly<Record<NonNullable<ServiceView['off']>, string>> = inLanguage(
  {
    NOT_ENABLED: 'belum dibuka oleh Bapenda',
    AGREEMENT_MISSING: 'belum ada perjanjian kerja sama',
    AGREEMENT_NOT_BEGUN: 'perjanjian kerja samanya belum berlaku',
    AGREEMENT_ENDED: 'perjanjian kerja samanya sudah berakhir',
  },
  ENGLISH.OFF,
);

/** Why a service cannot be chosen today. */
export function serviceOffText(off: NonNullable<ServiceView['off']>): string {
  return OFF[off];
}

function invalidText({ format, type }: Pick<FormField, 'format' | 'type'>): string {
  switch (format) {
    case 'nik':
      return inLanguage(
        'NIK terdiri dari 16 angka dengan tanggal lahir di dalamnya.',
        'A NIK has 16 digits with the day of birth in it.',
      );
    case 'kk':
      return inLanguage('Nomor Kartu Keluarga terdiri dari 16 angka.', 'The number of a family card has 16 digits.');
    case 'nrkb':
      return APPLICATION_TEXT.plateWrong;
    case 'phone':
      return inLanguage('Nomor telepon terdiri dari 9 sampai 15 angka.', 'A telephone number has 9 to 15 digits.');
    case 'date':
      return inLanguage('Tulis tanggal seperti 22/11/2026.', 'Write a date like 22/11/2026.');
    case 'text':
    case 'long-text':
    case null:
      return type === 'integer'
        ? inLanguage('Tulis dengan angka saja.', 'Write digits only.')
        : inLanguage('Isian ini belum benar.', 'This is not right yet.');
    default:
      return assertNever(format);
  }
}

/** What is wrong with a field, in words that say how to mend it. */
export function fieldProblemText(
  field: Pick<FormField, 'format' | 'type' | 'maxLength'>,
  problem: FieldProblem['problem'],
): string {
  switch (problem) {
    case 'missing':
      return inLanguage('Wajib diisi.', 'Required.');
    case 'too-long':
      return inLanguage(
        `Terlalu panjang: paling banyak ${count(field.maxLength)} huruf.`,
        `Too long: at most ${count(field.maxLength)} characters.`,
      );
    case 'invalid':
      return invalidText(field);
    default:
      return assertNever(problem);
  }
}
