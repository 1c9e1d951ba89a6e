import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DOCUMENTS_TABS, type DocumentsTab, RAIL } from '../../src/renderer/app/navigation.tsx';
import type { ScreenName } from '../../src/renderer/text/frame-text.ts';

const RENDERER = fileURLToPath(new URL('../../src/renderer/', import.meta.url));
const E2E = fileURLToPath(new URL('../e2e/', import.meta.url));

/** Where axe looks at each screen of the rail. */
const SCREENS: Readonly<Record<ScreenName, string>> = {
  service: 'Layanan, terisi',
  home: 'Hari ini',
  outbox: 'Kotak Kirim',
  exceptions: 'Perlu Tindakan',
  documents: 'Berkas',
  cash: 'Sesi Kas',
  history: 'Riwayat',
  reports: 'Laporan',
  device: 'Perangkat',
  'remote-code': 'Kode jauh',
  audit: 'Pemeriksaan',
  region: 'Wilayah',
  recap: 'Rekap Harian',
  decisions: 'Persetujuan',
  people: 'Petugas',
  insight: 'Rekap Bulan',
};

/** Where axe looks at each part of Berkas. */
const TABS: Readonly<Record<DocumentsTab, string>> = {
  applications: 'Permohonan, kosong',
  drawer: 'Laci berkas',
  queue: 'Antrean',
  forms: 'Blangko',
  emergency: 'Kuitansi darurat, kosong',
  'pick-up': 'Berkas, siap diambil',
  received: 'Berkas, diterima',
  'call-list': 'Berkas, daftar telepon',
};

/** Every file that draws a sheet or a whole screen, and where axe looks at each. */
const DRAWN: Readonly<Record<string, readonly string[]>> = {
  'app/ApprovalSheet.tsx': ['Permintaan'],
  'app/KeysSheet.tsx': ['F1'],
  'app/NewPinSheet.tsx': ['Pilih PIN'],
  'app/OwnPin.tsx': ['Ganti PIN'],
  'app/Palette.tsx': ['Cari layar'],
  'app/RaiseCapSheet.tsx': ['Naikkan batas'],
  'app/checklist/WaiveSheet.tsx': ['Tiadakan'],
  'app/export/SaveSheet.tsx': ['Rekap Bulan tersimpan'],
  'features/audit/Audit.tsx': ['Pemeriksaan', 'Bukti disalin'],
  'features/capture/CaptureSheet.tsx': ['Kamera', 'Periksa halaman', 'Halaman', 'Halaman PDF', 'Pindai'],
  'features/cash-session/ArrivalSheet.tsx': ['Setoran kurir tiba'],
  'features/cash-session/CashSession.tsx': ['Sesi Kas, buka', 'Sesi Kas, terbuka', 'Sesi Kas dengan setoran'],
  'features/cash-session/ClosedSession.tsx': ['Sesi ditutup'],
  'features/cash-session/CopySheet.tsx': ['Salinan slip'],
  'features/cash-session/CountDrawer.tsx': ['Hitung laci'],
  'features/cash-session/CountQuestion.tsx': ['Simpan hitungan'],
  'features/cash-session/CountedSession.tsx': ['Hitungan tersimpan'],
  'features/cash-session/DepositSheet.tsx': ['Catat setoran', 'Setor lewat kurir'],
  'features/cash-session/FloatForm.tsx': ['Uang kembalian'],
  'features/cash-session/ForgottenSession.tsx': ['Sesi yang ditinggalkan'],
  'features/cash-session/HandOver.tsx': ['Serah terima laci'],
  'features/cash-session/HandedOver.tsx': ['Laci sudah diserahkan'],
  'features/cash-session/Inspected.tsx': ['Pemeriksaan tersimpan'],
  'features/cash-session/Inspection.tsx': ['Pemeriksaan kas'],
  'features/cash-session/PauseSheet.tsx': ['Jeda', 'Layar jeda'],
  'features/cash-session/SlipSheet.tsx': ['Slip tutup kas'],
  'features/cash-session/WriteOffSheet.tsx': ['Catat rugi'],
  'features/decisions/Decisions.tsx': ['Persetujuan', 'Putuskan'],
  'features/device/Device.tsx': ['Perangkat'],
  'features/device/LeaveOutlet.tsx': ['Pindah gerai'],
  'features/device/SelfTest.tsx': ['Uji mandiri'],
  'features/documents/Documents.tsx': ['Berkas'],
  'features/documents/FormSheet.tsx': ['Terima blangko'],
  'features/documents/HandOverForm.tsx': ['Serah terima'],
  'features/documents/Queue.tsx': ['Nomor antrean'],
  'features/documents/emergency/NumberSheet.tsx': ['Catat buku'],
  'features/documents/emergency/SheetForm.tsx': ['Ketik dari kertas'],
  'features/documents/emergency/SheetPage.tsx': ['Lembar'],
  'features/exceptions/AssignSheet.tsx': ['Teruskan atau catat'],
  'features/exceptions/CaseActions.tsx': ['Bebaskan', 'Setujui pengembalian'],
  'features/exceptions/CasePapers.tsx': ['Cetak ulang kertas kasus'],
  'features/exceptions/CashRefundSheet.tsx': ['pengembalian'],
  'features/exceptions/DeclareMissingSheet.tsx': ['Nomor hilang'],
  'features/exceptions/DoneSheet.tsx': ['kekurangan, diterima'],
  'features/exceptions/Exceptions.tsx': ['Perlu Tindakan', 'kasus', 'Selisih kas, pengawas'],
  'features/exceptions/MatchSheet.tsx': ['Cocokkan kendaraan'],
  'features/exceptions/OpenNoteSheet.tsx': ['Buka catatan'],
  'features/exceptions/RefundSheet.tsx': ['Ajukan pengembalian'],
  'features/exceptions/TopUpSheet.tsx': ['kekurangan'],
  'features/history/ErasePersonDialog.tsx': ['Hapus data pribadi'],
  'features/history/History.tsx': ['Riwayat'],
  'features/history/PagesOfSale.tsx': ['Buka di Bapenda', 'Halaman dari Bapenda'],
  'features/history/ReprintDialog.tsx': ['Cetak SALINAN'],
  'features/history/SameDaySheet.tsx': ['Minta pembatalan hari ini'],
  'features/history/VoidDialog.tsx': ['Batalkan', 'Dibatalkan'],
  'features/home/Home.tsx': ['Hari ini', 'Beranda, pengumuman'],
  'features/insight/MonthPart.tsx': ['Rekap Bulan'],
  'features/insight/MonthExportSheet.tsx': ['Simpan Rekap Bulan'],
  'features/insight/QualityPart.tsx': ['Mutu layanan, wilayah'],
  'features/insight/SignalsPart.tsx': ['Perlu dilihat'],
  'features/outbox/AnswerSheet.tsx': ['Jawaban ditolak'],
  'features/outbox/ExportSheet.tsx': ['Simpan ke flashdisk', 'Tersimpan di flashdisk'],
  'features/outbox/Outbox.tsx': ['Kotak Kirim tanpa koneksi', 'Kotak Kirim, kosong'],
  'features/people/AnnounceSheets.tsx': ['Pengumuman baru'],
  'features/people/AnnouncementsPart.tsx': ['Pengumuman'],
  'features/people/CodeSheets.tsx': ['Kode baru', 'Kode pendaftaran'],
  'features/people/CodesPart.tsx': ['Kode pendaftaran, daftar'],
  'features/people/EndSheet.tsx': ['Tarik pengumuman', 'Cabut kode'],
  'features/people/OfficerSheets.tsx': ['Petugas baru', 'Kode awal', 'Ubah petugas'],
  'features/people/OfficersPart.tsx': ['Petugas'],
  'features/recap/Entries.tsx': ['Entri hari', 'Entri dipisahkan'],
  'features/recap/PaperSheet.tsx': ['Berita Acara'],
  'features/recap/Recap.tsx': ['Rekap Harian'],
  'features/recap/SignSheet.tsx': ['Tanda tangan'],
  'features/region/OutletPage.tsx': ['Gerai'],
  'features/region/Region.tsx': ['Wilayah'],
  'features/region/Sticks.tsx': ['Flashdisk gerai', 'Flashdisk gerai, hasil'],
  'features/remote-code/RemoteCode.tsx': ['Kode jauh'],
  'features/reports/EntriesSheet.tsx': ['Entri di balik angka'],
  'features/reports/ExportReportSheet.tsx': ['Simpan laporan'],
  'features/reports/Reports.tsx': ['Laporan', 'Tanda yang perlu dilihat', 'Mutu layanan'],
  'features/service/MeansSheet.tsx': ['QRIS'],
  'features/service/RecentReceipts.tsx': ['Struk terakhir'],
  'features/service/WhySheet.tsx': ['Mengapa'],
  'features/sign-in/ChoosePin.tsx': ['Pilih PIN'],
  'features/sign-in/DoorSheet.tsx': ['Lupa PIN'],
};

const draws = /<(?:Screen|RegionScreen|Sheet|SaveSheet|NewPinSheet|ApprovalSheet|Modal)\b/u;

/** Frames that draw nothing by themselves. */
const isFrame = (name: string): boolean => name.startsWith('ui/') || name === 'app/region/RegionScreen.tsx';

function filesThatDraw(): readonly string[] {
  return readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx') && !isFrame(name))
    .filter((name) => draws.test(readFileSync(join(RENDERER, name), 'utf8')));
}

/** Names that a test gives to axe: `look('...')`, `faultsOf(page, '...')`, and the rows of a table of them. */
function placesLookedAt(): ReadonlySet<string> {
  const sources = readdirSync(E2E, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(E2E, name), 'utf8'));
  const calls =
    /(?:look|lookAtSheet|faultsOf|faultsOfSheet)\((?:\w+, )?'([^']+)'|\['(?:Control\+\d|[\w-]+)', '([^']+)'/gu;
  return new Set(sources.flatMap((source) => [...source.matchAll(calls)].map((call) => call[1] ?? call[2] ?? '')));
}

describe('axe looks at every place of the program', () => {
  const looked = placesLookedAt();

  it.each(RAIL)('screen %s', (screen) => {
    expect([...looked]).toContain(SCREENS[screen]);
  });

  it.each(DOCUMENTS_TABS)('part %s of Berkas', (tab) => {
    expect([...looked]).toContain(TABS[tab]);
  });

  it('every file that draws a screen or a sheet, and none that does not', () => {
    expect(filesThatDraw().toSorted()).toEqual(Object.keys(DRAWN).toSorted());
  });

  it('by a name that a test of the real browser says', () => {
    const missing = Object.values(DRAWN).flatMap((places) => places.filter((place) => !looked.has(place)));
    expect(missing).toEqual([]);
  });
});
