import type { Content, TableCell } from 'pdfmake';
import { type ActionKeys, chordText, DESK_KEYS, type DeskKey } from '../../../contract/desk-keys.ts';
import { loadPdfMaker } from './pdf-maker.ts';

/** Whose desk the card lies on; a phone that the policy does not name is left to be written by hand. */
export type DeskCard = {
  readonly outletId: string;
  readonly outletName: string;
  readonly complaintPhone: string;
};

const MARGIN = 36;
const GREY = '#555555';

/** What the ten keys do, as one colleague tells another. */
const KEYS: Readonly<Record<DeskKey, string>> = {
  plate: 'Warga berikutnya: ketik atau pindai nomor polisi',
  documents: 'Berkas: centang, atau foto lembarnya',
  why: 'Mengapa jumlahnya sekian',
  exact: 'Uang pas',
  primary: 'Lanjut: terima uang, simpan, cetak',
  recent: 'Struk terakhir',
  reprint: 'Cetak lagi (nomor tetap, tertulis SALINAN)',
  palette: 'Cari layar, nomor polisi, atau nomor struk',
  lock: 'Kunci layar saat meninggalkan meja',
  help: 'Semua tombol di layar yang sedang terbuka',
};

/** What happens most, what is safe, and what to do; the long way is in the manual. */
const TROUBLES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'Tidak ada koneksi',
    'Yang sudah dibayar aman di komputer ini.',
    [
      'Teruskan melayani. Angka di layar disebut perkiraan.',
      'Jangan diketik dua kali: semua terkirim sendiri dari Kotak Kirim (Ctrl+3).',
      'Layar menolak uang? Tekan F12: titip berkas dan cetak bukti kedatangan.',
    ],
  ],
  [
    'Kertas tidak keluar',
    'Transaksi sudah tersimpan sebelum dicetak.',
    [
      'Lihat kertas dan tutup printer, lalu jawab pertanyaan di layar: Keluar atau Tidak.',
      'Jangan terima uang lagi untuk kendaraan yang sama.',
      'Tetap macet? Tulis nomor di layar untuk warga; kertasnya dicetak nanti (F9).',
    ],
  ],
  [
    'Listrik padam atau komputer mati',
    'Yang sudah dibayar tidak hilang.',
    [
      'Nyalakan lagi, masuk, lihat Struk terakhir (F7) sebelum menerima uang lagi.',
      'Lama padam: pakai buku kuitansi darurat, nomor berurutan.',
      'Laci tetap dikunci; hitung hanya di layar Sesi Kas (Ctrl+6).',
    ],
  ],
];

const LINE = '..............................................';
const PHONES = ['Pengawas', 'Pemasang', 'Samsat Induk', 'Bank', 'PLN', 'Polsek'] as const;

/** The F-key, and beside it the twin for keyboards that use F-keys for themselves. */
const caps = ({ fKey, twin }: ActionKeys): readonly [string, string] => {
  const [first, second] = [fKey, twin].filter((chord) => chord !== null).map(chordText);
  return [first ?? '', second ?? ''];
};

function keyRows(): TableCell[][] {
  // The table has every desk key, so each of its names has words here.
  return (Object.keys(KEYS) as DeskKey[]).map((name): TableCell[] => {
    const [first, second] = caps(DESK_KEYS[name]);
    return [
      { text: first, bold: true, fontSize: 13 },
      { text: second, color: GREY, margin: [0, 3, 0, 0] },
      { text: KEYS[name], fontSize: 11.5, margin: [0, 1, 0, 0] },
    ];
  });
}

const heading = (text: string): Content => ({ text, bold: true, fontSize: 13, margin: [0, 16, 0, 6] });

function trouble([title, safe, steps]: (typeof TROUBLES)[number]): Content {
  return {
    width: '*',
    stack: [
      { text: title, bold: true, fontSize: 11.5 },
      { text: safe, margin: [0, 1, 0, 3] },
      ...steps.map(
        (step, at): Content => ({
          columns: [
            { text: `${at + 1}.`, width: 14 },
            { text: step, width: '*' },
          ],
          margin: [0, 0, 0, 2],
        }),
      ),
    ],
  };
}

function phoneRows(card: DeskCard): TableCell[][] {
  const complaint = card.complaintPhone === '' ? LINE : card.complaintPhone;
  const all = [...PHONES.map((name) => [name, LINE] as const), ['Pengaduan warga', complaint] as const];
  const cells = all.map(([name, number]): TableCell => ({ text: `${name}  ${number}` }));
  return Array.from({ length: Math.ceil(cells.length / 2) }, (_, at) => [cells[at * 2] ?? '', cells[at * 2 + 1] ?? '']);
}

const ruled = { hLineWidth: () => 0.5, vLineWidth: () => 0, hLineColor: () => '#bbbbbb', paddingLeft: () => 0 };

function content(card: DeskCard): Content[] {
  return [
    { text: 'KARTU MEJA LOKET', bold: true, fontSize: 18 },
    { text: `${card.outletName} (${card.outletId})`, fontSize: 12, margin: [0, 2, 0, 0] },
    heading('Sepuluh tombol'),
    { table: { widths: [62, 84, '*'], body: keyRows() }, layout: ruled },
    {
      text: 'Ctrl+1 sampai Ctrl+9 membuka layar di sisi kiri. Esc kembali satu langkah dan tidak menghapus apa pun.',
      color: GREY,
      margin: [0, 4, 0, 0],
    },
    heading('Tiga gangguan'),
    { columns: TROUBLES.map(trouble), columnGap: 14 },
    heading('Telepon'),
    {
      table: { widths: ['*', '*'], body: phoneRows(card) },
      layout: { ...ruled, paddingTop: () => 7, paddingBottom: () => 7 },
    },
    {
      text: 'Komputer atau flashdisk hilang, uang hilang, orang lain tahu PIN: telepon pengawas saat itu juga. PIN tidak pernah ditanyakan lewat telepon.',
      bold: true,
      margin: [0, 14, 0, 0],
    },
  ];
}

/** The card for the desk on one page of A4: ten keys, three troubles, phone numbers. `compress: false` keeps it readable for a checker. */
export async function deskCardPdf(card: DeskCard, compress = true): Promise<Uint8Array> {
  const pdfMake = await loadPdfMaker();
  return await pdfMake
    .createPdf({
      pageSize: 'A4',
      pageMargins: [MARGIN, MARGIN, MARGIN, MARGIN],
      compress,
      info: { title: `Kartu meja ${card.outletId}` },
      defaultStyle: { font: 'Roboto', fontSize: 10.5, lineHeight: 1.15 },
      content: content(card),
    })
    .getBuffer();
}
