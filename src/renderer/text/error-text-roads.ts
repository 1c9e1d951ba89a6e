import { localDateAt } from '../../domain/local-date.ts';
import {
  ALL_SAVED,
  type ErrorSentence,
  NO_MONEY,
  numberFact,
  say,
  type ScreenErrorCode,
  STILL_POSSIBLE,
  textFact,
  UNCHANGED,
} from './error-facts.ts';
import { longDay } from './format.ts';
import { ROADS_ERRORS as ENGLISH } from './en/error-text-roads.ts';
import { inLanguage } from './language.ts';

const STOPPED_BECAUSE: Readonly<Record<string, string>> = {
  REENROL: 'Bapenda mencabut izin komputer ini untuk menerima uang.',
  CLONE: 'Bapenda melihat komputer lain yang memakai kunci komputer ini.',
  CERTIFICATE_ENDED: 'Sertifikat komputer ini sudah berakhir.',
};

const STOPPED_NEXT: Readonly<Record<string, string>> = {
  REENROL: 'Minta pemasang mendaftarkan komputer ini lagi.',
  CLONE: 'Jangan pindahkan data loket. Hubungi pengawas wilayah dan daftarkan komputer ini lagi.',
  CERTIFICATE_ENDED: 'Minta pemasang mendaftarkan komputer ini lagi.',
};

const EXPORT_REASONS: Readonly<Record<string, string>> = {
  FULL: ': flashdisk penuh',
  NOT_THERE: ': flashdisk atau foldernya tidak ada',
  NOT_WRITABLE: ': flashdisk tidak dapat ditulisi',
  KEY_MISSING: ': kunci Bapenda belum ada di komputer ini',
  EXISTS: ': berkas dengan nama itu sudah ada',
};

const EXPORT_NEXT: Readonly<Record<string, string>> = {
  FULL: 'Kosongkan flashdisk atau pakai yang lain, lalu ulangi.',
  NOT_WRITABLE: 'Buka kunci tulis flashdisk atau pakai yang lain, lalu ulangi.',
  KEY_MISSING: 'Sambungkan sekali ke Bapenda, atau buka berkas jawaban dari Bapenda.',
};

const ENROLMENT_FILE_REASONS: Readonly<Record<string, string>> = {
  NOT_THERE: ': berkasnya tidak ada lagi',
  NOT_READABLE: ': berkasnya tidak boleh dibaca',
  NOT_A_TICKET: ': ini bukan kode pendaftaran',
  NOT_AN_ANSWER: ': ini bukan jawaban Bapenda',
  FILE_TOO_LONG: ': berkasnya terlalu besar',
};

const LEAVE_REASONS: Readonly<Record<string, string>> = {
  CASH_SESSION_OPEN: ': sesi kas masih buka',
  UNSENT: ': masih ada yang belum dikirim',
  OTHER_OUTLET: ': nomor gerai yang diketik bukan gerai ini',
};

const LEAVE_NEXT: Readonly<Record<string, string>> = {
  CASH_SESSION_OPEN: 'Hitung laci dan tutup sesi kas dulu.',
  UNSENT: 'Kirim semuanya lewat koneksi atau flashdisk, lalu ulangi.',
  OTHER_OUTLET: 'Ketik nomor gerai seperti tertulis di atas layar.',
};

const AUTHORITY_REASONS: Readonly<Record<string, string>> = {
  OTHER: ': sidik jarinya sudah berubah',
  NOT_A_ROOT: ': jaringan tidak menunjukkan sertifikat akarnya',
  NOT_SEEN: ': servernya tidak menjawab',
};

const ANSWER_REASONS: Readonly<Record<string, string>> = {
  NOT_THERE: ': berkasnya tidak ada',
  NOT_READABLE: ': flashdisknya tidak terbaca',
  NOT_A_SEALED_FILE: ': ini bukan berkas dari Bapenda',
  NOT_SEALED_TO_US: ': berkas ini untuk komputer lain',
  OTHER_DEVICE: ': berkas ini untuk komputer lain',
  NOT_AN_ANSWER: ': ini bukan berkas jawaban',
  CUT_OR_DAMAGED: ': berkasnya terpotong atau rusak',
  FILE_TOO_LONG: ': berkasnya terlalu besar',
};

const ANSWER_NEXT: Readonly<Record<string, string>> = {
  NOT_READABLE: 'Cabut flashdisknya, pasang lagi, lalu pilih berkasnya sekali lagi.',
};

const INDONESIAN = {
  SELLING_STOPPED: (details) => {
    const because = textFact(details, 'because', '');
    return {
      what: STOPPED_BECAUSE[because] ?? 'Bapenda menghentikan penerimaan uang di loket ini.',
      safe: `${NO_MONEY} Yang sudah tersimpan tetap dikirim.`,
      next: `${STOPPED_NEXT[because] ?? 'Hubungi pengawas wilayah.'} ${STILL_POSSIBLE}`,
    };
  },
  RELEASE_ENDED: (details) => {
    const until = numberFact(details, 'sellsUntil');
    const since = until === undefined ? '' : ` sejak ${longDay(localDateAt(until))}`;
    return {
      what: `Versi program ini tidak boleh lagi menerima uang${since}.`,
      safe: `${NO_MONEY} Yang sudah tersimpan tetap dikirim.`,
      next: `Minta pemasang memperbarui Loket OPOP. ${STILL_POSSIBLE}`,
    };
  },
  CAP_UNCONFIRMED_DEPOSITS: say(
    'Setoran yang belum dikonfirmasi bank melewati batas, jumlahnya atau umurnya.',
    NO_MONEY,
    `Tanyakan setoran yang tertua ke bank dan ke Bapenda. ${STILL_POSSIBLE}`,
  ),
  EXPORT_FAILED: (details) => {
    const reason = textFact(details, 'reason', '');
    return {
      what: `Salinan ke flashdisk tidak selesai${EXPORT_REASONS[reason] ?? ''}.`,
      safe: ALL_SAVED,
      next: EXPORT_NEXT[reason] ?? 'Periksa flashdisk, lalu ulangi.',
    };
  },
  NOTHING_TO_SEND: say('Tidak ada yang menunggu dikirim.', ALL_SAVED, 'Tidak perlu membawa flashdisk hari ini.'),
  ANSWER_REFUSED: (details) => {
    const reason = textFact(details, 'reason', '');
    return {
      what: `Berkas jawaban itu tidak dapat dipakai${ANSWER_REASONS[reason] ?? ''}.`,
      safe: UNCHANGED,
      next:
        ANSWER_NEXT[reason] ??
        'Pilih berkas jawaban dari Bapenda untuk komputer ini, atau minta berkasnya dibuat lagi.',
    };
  },
  ENROLMENT_FILE_REFUSED: (details) => ({
    what: `Berkas pendaftaran itu tidak dapat dipakai${ENROLMENT_FILE_REASONS[textFact(details, 'reason', '')] ?? ''}.`,
    safe: UNCHANGED,
    next: 'Pasang flashdisknya, lalu pilih berkas kode atau berkas jawaban dari Bapenda.',
  }),
  ENROLMENT_CLOCK_WRONG: (details) => {
    const [here, province] = [numberFact(details, 'here'), numberFact(details, 'province')];
    const shown = here === undefined ? '' : `: ${longDay(localDateAt(here))}`;
    const right = province === undefined ? '' : ` Hari ini ${longDay(localDateAt(province))}.`;
    return {
      what: `Tanggal komputer ini salah${shown}.${right}`,
      safe: `${UNCHANGED} Kode pendaftaran tidak hangus.`,
      next: 'Betulkan tanggal dan jam komputer, lalu daftarkan lagi dengan kode yang sama.',
    };
  },
  NETWORK_AUTHORITY_REFUSED: (details) => ({
    what: `Sertifikat jaringan itu tidak dipercaya${AUTHORITY_REASONS[textFact(details, 'reason', '')] ?? ''}.`,
    safe: UNCHANGED,
    next: 'Tanyakan sertifikat akar jaringan ini ke pengelolanya, atau daftarkan lewat jaringan lain atau flashdisk.',
  }),
  LEAVE_REFUSED: (details) => {
    const unsent = numberFact(details, 'unsent');
    const reason = textFact(details, 'reason', '');
    return {
      what: `Komputer ini belum boleh meninggalkan gerainya${LEAVE_REASONS[reason] ?? ''}${unsent === undefined ? '' : ` (${String(unsent)})`}.`,
      safe: UNCHANGED,
      next: LEAVE_NEXT[reason] ?? 'Hubungi pengawas wilayah.',
    };
  },
  ENROLMENT_NOT_REQUESTED: say(
    'Komputer ini belum membuat permintaan pendaftaran, atau permintaannya sudah terlalu lama.',
    UNCHANGED,
    'Buat permintaan baru dengan kode pendaftaran, lalu bawa berkasnya ke Bapenda.',
  ),
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

/** The roads to the province: who may sell, limits that come from them, flashdisks. */
export const ROADS_ERRORS = inLanguage(INDONESIAN, ENGLISH);
