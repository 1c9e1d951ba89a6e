import {
  type ErrorDetails,
  type ErrorSentence,
  numberFact,
  say,
  type ScreenErrorCode,
  textFact,
  UNCHANGED,
} from './error-facts.ts';
import { APPROVAL_ERRORS as ENGLISH } from './en/error-text-approvals.ts';
import { inLanguage } from './language.ts';

/** Why a person is not the second person of an act. */
function approverWords(details: ErrorDetails): string {
  switch (textFact(details, 'reason', '')) {
    case 'SAME_PERSON':
      return 'Persetujuan ditolak: orang yang sama tidak dapat meminta dan menyetujui.';
    case 'NOT_A_SUPERVISOR':
      return 'Persetujuan ditolak: orang ini bukan pengawas.';
    case 'OFFICER_LOCKED_OUT':
      return 'Persetujuan ditolak: PIN pengawas ini terkunci sementara karena beberapa kali salah.';
    case 'OFFICER_SUSPENDED':
      return 'Persetujuan ditolak: pengawas ini sudah tidak aktif.';
    case 'OFFICER_UNKNOWN':
      return 'Persetujuan ditolak: pengawas ini tidak dikenal di loket ini.';
    default:
      return 'Persetujuan ditolak: PIN pengawas salah.';
  }
}

const INDONESIAN = {
  APPROVER_REFUSED: (details) => ({
    what: approverWords(details),
    safe: `${UNCHANGED} Penolakan ini tercatat.`,
    next: 'Minta pengawas mengetik PIN-nya sendiri, atau pakai kode jauh.',
  }),
  APPROVAL_CODE_WRONG: (details) => ({
    what: 'Kode persetujuan ini salah.',
    safe: `${UNCHANGED} Percobaan ini tercatat.`,
    next: `Minta pengawas membacakan kode itu lagi, dua angka sekaligus. Sisa percobaan: ${String(numberFact(details, 'triesLeft') ?? 0)}.`,
  }),
  APPROVAL_TRIES_SPENT: (details) =>
    textFact(details, 'of', 'request') === 'day'
      ? {
          what: 'Loket ini sudah sepuluh kali menerima kode salah hari ini.',
          safe: `${UNCHANGED} Kode jauh ditutup sampai besok.`,
          next: 'Minta pengawas datang dan memakai PIN-nya, atau kerjakan besok.',
        }
      : {
          what: 'Permintaan ini sudah tiga kali dijawab dengan kode salah.',
          safe: `${UNCHANGED} Permintaan lama tidak berlaku lagi.`,
          next: 'Buat permintaan baru, lalu bacakan lagi kepada pengawas.',
        },
  APPROVAL_EXPIRED: say(
    'Permintaan persetujuan ini sudah lewat harinya.',
    UNCHANGED,
    'Buat permintaan baru; kode lama tidak berlaku.',
  ),
  APPROVAL_USED: say(
    'Persetujuan ini sudah pernah dipakai.',
    'Yang dulu disetujui tetap tercatat satu kali.',
    'Satu persetujuan untuk satu tindakan: minta yang baru.',
  ),
  APPROVAL_OTHER: say(
    'Persetujuan ini diberikan untuk tindakan, transaksi, atau jumlah yang lain.',
    `${UNCHANGED} Penolakan ini tercatat.`,
    'Buat permintaan baru untuk tindakan yang sekarang.',
  ),
  APPROVAL_UNKNOWN: say(
    'Permintaan persetujuan ini tidak dikenal di loket ini.',
    UNCHANGED,
    'Buat permintaan baru, lalu bacakan kepada pengawas.',
  ),
  APPROVAL_NEEDED: say(
    'Tindakan ini perlu persetujuan pengawas.',
    UNCHANGED,
    'Minta PIN pengawas di sini, atau kode jauh.',
  ),
  APPROVAL_NOT_REMOTE: say(
    'Tindakan ini tidak dapat disetujui dari jauh.',
    UNCHANGED,
    'Minta pengawas datang dan mengetik PIN-nya di sini.',
  ),
  APPROVAL_REQUEST_INVALID: (details) =>
    textFact(details, 'reason', '') === 'WRONG_CHECK_CHARACTERS'
      ? {
          what: 'Ada huruf atau angka yang salah dalam permintaan ini.',
          safe: 'Belum ada yang disetujui.',
          next: 'Minta petugas membacakan lagi, kelompok demi kelompok.',
        }
      : {
          what: 'Ini bukan permintaan persetujuan yang lengkap.',
          safe: 'Belum ada yang disetujui.',
          next: 'Satu permintaan terdiri dari tujuh kelompok, masing-masing empat huruf atau angka.',
        },
  APPROVAL_COUNTER_UNKNOWN: say(
    'Loket yang meminta bukan di wilayah Anda, atau belum dikenal perangkat ini.',
    'Belum ada yang disetujui.',
    'Sambungkan perangkat ini ke Bapenda sekali, atau hubungi pengawas wilayah loket itu.',
  ),
  CAP_NOT_RAISED: say(
    'Batas ini tidak dapat dinaikkan ke nilai itu.',
    UNCHANGED,
    'Pilih nilai yang lebih tinggi daripada batas sekarang; batas yang tidak diatur tidak perlu dinaikkan.',
  ),
  OFFICER_KNOWN_HERE: say(
    'Petugas ini sudah terdaftar di loket ini.',
    UNCHANGED,
    'Ia dapat masuk dengan PIN-nya sendiri; pilih namanya di layar Masuk.',
  ),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

/** The second person, at the counter and from afar. */
export const APPROVAL_ERRORS = inLanguage(INDONESIAN, ENGLISH);
