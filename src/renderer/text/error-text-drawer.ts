import {
  type ErrorSentence,
  moneyFact,
  numberFact,
  say,
  type ScreenErrorCode,
  textFact,
  UNCHANGED,
} from './error-facts.ts';
import { money } from './format.ts';
import { DRAWER_ERRORS as ENGLISH } from './en/error-text-drawer.ts';
import { inLanguage } from './language.ts';

/** Why a drawer does not change hands. */
const HAND_OVER_REASONS: Readonly<Record<string, string>> = {
  SAME_PERSON: 'petugas yang datang sama dengan yang pergi',
  NOT_AN_OFFICER: 'yang datang bukan petugas loket',
  PIN_LEAVING: 'PIN petugas yang pergi salah',
  PIN_ARRIVING: 'PIN petugas yang datang salah',
  LOCKED_OUT: 'salah satu PIN sedang ditahan karena terlalu sering salah',
  SUSPENDED: 'salah satu petugas sedang dinonaktifkan',
};

const INDONESIAN = {
  CASH_TOTAL_DIFFERS: (details) => ({
    what: `Jumlah pecahan ${moneyFact(details, 'counted', 'yang diisi')}, sedangkan total yang diketik ${moneyFact(details, 'typed', 'lain')}.`,
    safe: 'Belum ada yang disimpan.',
    next: 'Periksa jumlah lembar setiap pecahan, atau total yang diketik.',
  }),
  CASH_COUNT_UNLIKELY: (details) => ({
    what: `Jumlah ${moneyFact(details, 'denomination', 'satu pecahan')}, ${String(numberFact(details, 'count') ?? 0)} lembar, tidak seperti biasanya (${String(numberFact(details, 'usual') ?? 0)} lembar).`,
    safe: 'Belum ada yang disimpan.',
    next: 'Hitung pecahan itu sekali lagi. Jika memang sebanyak itu, simpan apa adanya.',
  }),
  CASH_DOES_NOT_ADD_UP: (details) => {
    const difference = numberFact(details, 'difference') ?? 0;
    return {
      what: `Yang diterima bank dan yang ditolak ${difference > 0 ? 'kurang' : 'lebih'} ${money(Math.abs(difference))} dari yang dibawa kurir.`,
      safe: UNCHANGED,
      next: 'Cocokkan dengan slip bank. Uang yang tidak sampai diisi sebagai hilang.',
    };
  },
  COURIER_LEG_SETTLED: say(
    'Setoran kurir ini sudah dicatat tiba di bank.',
    'Catatan yang dulu tetap berlaku, satu kali.',
    'Lihat daftar setoran di layar Sesi Kas.',
  ),
  CASH_REFUSAL_SETTLED: say(
    'Uang yang ditolak ini sudah diselesaikan.',
    'Catatan yang dulu tetap berlaku, satu kali.',
    'Lihat kejadian kas di layar Sesi Kas.',
  ),
  HAND_OVER_REFUSED: (details) => ({
    what: `Laci belum diserahterimakan: ${HAND_OVER_REASONS[textFact(details, 'reason', '')] ?? 'tanda tangan PIN belum lengkap'}.`,
    safe: 'Sesi kas tetap pada petugas yang sekarang; tidak ada yang berubah.',
    next: 'Kedua petugas memasukkan PIN masing-masing, lalu coba lagi.',
  }),
} as const satisfies Partial<Readonly<Record<ScreenErrorCode, ErrorSentence>>>;

/** The drawer's day: questions about a count, couriers, and hand-overs. */
export const DRAWER_ERRORS = inLanguage(INDONESIAN, ENGLISH);
