import { REGION_ERRORS as ENGLISH } from './en/error-text-region.ts';
import { type ErrorSentence, say, type ScreenErrorCode, textFact, UNCHANGED } from './error-facts.ts';
import { inLanguage } from './language.ts';

const NOTHING_SIGNED = 'Belum ada yang ditandatangani.';

/** What a medium answered when it was read. */
const STICK_REASONS: Readonly<Record<string, string>> = {
  NOT_THERE: ': flashdisk tercabut, atau foldernya tidak ada',
  NOT_WRITABLE: ': isinya tidak boleh dibaca',
  CHANGED: ': isinya berubah di tengah jalan',
};

/** Why a file is no bundle that this supervisor may bring. */
const BUNDLE_REASONS: Readonly<Record<string, string>> = {
  OUT_OF_SCOPE: ': berkas ini dari gerai wilayah lain',
  OTHER_PROVINCE: ': berkas ini dari provinsi lain',
  TRAINING_REFUSED: ': ini hasil latihan, tidak pernah diterima Bapenda',
  NOT_A_BUNDLE: ': ini bukan berkas kiriman loket',
  NO_MANIFEST: ': isinya bukan kiriman loket',
  NOT_SEALED_TO_US: ': berkas ini bukan untuk Bapenda',
  CUT_OR_DAMAGED: ': berkasnya terpotong atau rusak sejak awal',
  FILE_TOO_LONG: ': berkasnya terlalu besar',
  FRAME_TOO_LONG: ': isinya tidak wajar',
  CERTIFICATE_FORGED: ': tanda pengenal loketnya palsu',
  OTHER_DEVICE: ': tanda pengenal loketnya milik loket lain',
};

const INDONESIAN = {
  REGION_NOT_APPOINTED: say(
    'Perangkat ini tidak ditetapkan untuk Anda.',
    'Data wilayah yang tersimpan di sini sudah dihapus; tanda tangan yang sudah terkirim tetap ada di Bapenda.',
    'Minta Bapenda menetapkan perangkat ini untuk Anda, lalu muat lagi.',
  ),
  REGION_OUT_OF_SCOPE: say(
    'Gerai ini bukan di wilayah Anda pada hari itu.',
    'Data gerai lain tetap tersimpan.',
    'Muat ulang Wilayah; gerai yang pindah dilihat pengawas wilayahnya yang baru.',
  ),
  REGION_BUSY: say(
    'Bapenda sedang sibuk dan belum menjawab.',
    'Yang terlihat adalah data yang dimuat terakhir; tidak ada yang hilang.',
    'Tunggu sebentar, lalu muat lagi.',
  ),
  REGION_NOT_LOADED: say(
    'Data hari ini belum ada di perangkat ini.',
    NOTHING_SIGNED,
    'Muat dulu dari Bapenda, lihat angkanya, lalu tanda tangani.',
  ),
  REGION_PAGES_LACK: say(
    'Yang akan disimpan belum dimuat seluruhnya di perangkat ini.',
    'Tidak ada berkas yang ditulis; yang sudah dimuat tetap tersimpan.',
    'Muat lagi dari Bapenda sampai selesai, lalu simpan.',
  ),
  REGION_CHANGED: say(
    'Data ini berubah sejak ditampilkan: ada yang datang terlambat, atau ada yang lebih dulu memutuskan.',
    NOTHING_SIGNED,
    'Muat lagi, lihat yang berubah, lalu putuskan.',
  ),
  REGION_OWN_WORK: say(
    'Anda sendiri bekerja di gerai itu pada hari itu; orang lain yang menandatangani.',
    NOTHING_SIGNED,
    'Minta pengawas lain, atau pengganti dengan surat tugas (Plh.).',
  ),
  REGION_NOT_HIS: (details) => ({
    what:
      textFact(details, 'reason', '') === 'PROVINCE_DECIDES'
        ? 'Yang ini diputuskan Bapenda, bukan pengawas.'
        : 'Yang ini hanya dapat dijawab oleh orang yang namanya dipakai menyetujui.',
    safe: UNCHANGED,
    next: 'Tunggu jawabannya di sini; tidak perlu tindakan Anda.',
  }),
  REGION_DIFFERS: say(
    'Ada hari dalam daftar ini yang tidak cocok atau punya temuan.',
    NOTHING_SIGNED,
    'Hari yang berselisih ditandatangani satu per satu, dengan catatan.',
  ),
  REGION_NOTE_NEEDED: say(
    'Selisih atau penolakan hanya dapat ditandatangani dengan catatan.',
    NOTHING_SIGNED,
    'Tulis dalam satu kalimat mengapa, lalu tanda tangani.',
  ),
  REGION_ALREADY_SAID: say(
    'Anda sudah memutuskan ini di perangkat ini.',
    'Keputusan itu menunggu di Kotak Kirim atau menunggu jawaban Bapenda.',
    'Tunggu hasilnya; keputusan yang sama tidak perlu diulang.',
  ),
  STICK_UNREADABLE: (details) => ({
    what: `Flashdisk tidak dapat dibaca${STICK_REASONS[textFact(details, 'reason', '')] ?? ''}.`,
    safe: 'Isi flashdisk tidak diubah. Yang sudah sampai di Bapenda tetap di sana.',
    next: 'Colokkan lagi flashdisknya, lalu ulangi; pengambilan dilanjutkan dari tempat berhenti.',
  }),
  BUNDLE_REFUSED: (details) => {
    const reason = textFact(details, 'reason', '');
    return {
      what: `Berkas itu tidak diambil${BUNDLE_REASONS[reason] ?? `: ${reason}`}.`,
      safe: 'Tidak ada isinya yang disimpan di Bapenda, dan berkasnya tidak diubah.',
      next:
        reason === 'OUT_OF_SCOPE'
          ? 'Serahkan flashdisk ini ke pengawas wilayah gerai itu.'
          : 'Minta loket menyimpan ulang kirimannya ke flashdisk; data di loket masih utuh.',
    };
  },
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;

/** A supervisor's region: questions to Bapenda, and his words. */
export const REGION_ERRORS = inLanguage(INDONESIAN, ENGLISH);
