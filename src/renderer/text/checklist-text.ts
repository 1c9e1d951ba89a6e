import type { ChecklistLine } from '../../contract/views-documents.ts';
import { count } from './format.ts';
import * as ENGLISH from './en/checklist-text.ts';
import { inLanguage } from './language.ts';

const WAIVER_REASONS: readonly string[] = [
  'Surat kehilangan kepolisian dilampirkan',
  'Data sudah cocok dengan KTP dan STNK',
  'Menyusul, warga berjanji melengkapi',
];

/** The checklist of papers, in Layanan and in a request. */
export const CHECKLIST_TEXT = inLanguage(
  {
    required: 'wajib',
    optional: 'boleh kosong',
    hint: 'Enter menandai dan lanjut, Spasi mengubah, F4 mengambil foto',
    photo: (pages: number): string => (pages === 0 ? 'Foto' : `Foto ${count(pages)}`),
    takePhoto: (label: string): string => `Foto ${label}: ambil`,
    showPhotos: (label: string, pages: number): string => `Foto ${count(pages)} halaman ${label}: lihat`,
    hold: 'Titip',
    held: 'Dititip',
    /** What stands on the button is part of its name: whoever speaks to the program says what he sees. */
    holdOf: (label: string, held: boolean): string => `${held ? 'Dititip' : 'Titip'}: ${label} di loket`,
    waive: 'Tiadakan…',
    waiveOf: (label: string): string => `Tiadakan… ${label}`,
    waived: (reason: string): string => `ditiadakan: ${reason}`,
    waivedBySupervisor: (reason: string): string => `ditiadakan pengawas: ${reason}`,
    financed: 'Kendaraan masih kredit (BPKB di pembiayaan)',
    photographed: (done: number, asked: number): string => `${count(done)} dari ${count(asked)} berkas`,

    waiveTitle: (label: string): string => `Tiadakan ${label}`,
    waiveWhy: 'Alasannya dicatat bersama transaksi ini dan tampil di Bapenda.',
    waiveNeedsSupervisor: 'Untuk berkas ini pengawas yang menyetujui.',
    reason: 'Alasan',
    reasons: WAIVER_REASONS,
    otherReason: 'Alasan lain (tanpa nama atau nomor orang)',
    submit: 'Tiadakan berkas ini',
    cancel: 'Kembali',
  },
  ENGLISH.CHECKLIST_TEXT,
);

/** `wajib, asli`, or why it was waived: the quiet words beside a paper. */
export function checklistNote({ required, hint, waived }: Pick<ChecklistLine, 'required' | 'hint' | 'waived'>): string {
  if (waived !== null) {
    return waived.approvedBy === null
      ? CHECKLIST_TEXT.waived(waived.reason)
      : CHECKLIST_TEXT.waivedBySupervisor(waived.reason);
  }
  return [required ? CHECKLIST_TEXT.required : CHECKLIST_TEXT.optional, ...(hint === null ? [] : [hint])].join(', ');
}
