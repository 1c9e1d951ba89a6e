import { localDateAt } from '../../domain/local-date.ts';
import {
  type ErrorSentence,
  NO_MONEY,
  numberFact,
  say,
  type ScreenErrorCode,
  STILL_POSSIBLE,
  textFact,
} from './error-facts.ts';
import { longDay } from './format.ts';

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

/** The roads to the province: who may sell, limits that come from them, flashdisks. */
export const ROADS_ERRORS = {
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
} satisfies Partial<Record<ScreenErrorCode, ErrorSentence>>;
