import type { Content, TableCell } from 'pdfmake';
import { loadPdfMaker } from './pdf-maker.ts';

/** The sheets of a blank book; numbers rise by one. */
export type BlankBook = { readonly from: number; readonly count: number; readonly outlet: string | null };

const MARGIN = 24;
/** Height of a line that a hand writes on, in points. */
const LINE = 20;

const INSTRUCTIONS: readonly string[] = [
  'Hanya dipakai saat loket mati: listrik, komputer, atau program. Jangan dipakai untuk mempercepat antrean.',
  'Catat buku ini di loket begitu diterima (Berkas, Kuitansi darurat, Catat buku), sebelum lembar pertama dipakai.',
  'Pakai nomor berurutan. Lembar yang salah tulis tidak dibuang: coret, tulis RUSAK, simpan di buku.',
  'Tulis semua baris. Jumlah ditulis dengan angka dan huruf; kedua bagian lembar sama isinya.',
  'Bagian atas untuk pembayar. Bagian bawah tetap di buku dan difoto sesudah loket hidup lagi.',
  'Sesudah loket hidup lagi: ketik setiap lembar hari itu juga. Orang lain mencocokkan dan mengonfirmasinya dengan PIN-nya sendiri.',
  'Jumlah yang sudah diterima dicatat seperti tertulis. Kurang atau lebih tidak diperbaiki di sini; Bapenda yang menilainya.',
];

/** What must be written, in the order in which the screen asks for it. */
const LINES: readonly (readonly [string, string])[] = [
  ['Tanggal dan jam', '.......... / .......... / 20......      jam ........ . ........'],
  ['Nomor Polisi', ''],
  ['5 akhir nomor rangka', ''],
  ['Nama pembayar', ''],
  ['Jumlah diterima', 'Rp'],
  ['Terbilang', ''],
];

const numberText = (number: number): string => String(number).padStart(6, '0');

function writingTable(): Content {
  return {
    table: {
      widths: [118, '*'],
      body: LINES.map(([label, hint]): TableCell[] => [
        { text: label, margin: [0, LINE - 13, 0, 0] },
        { text: hint, margin: [0, LINE - 13, 0, 0] },
      ]),
    },
    layout: {
      hLineWidth: (row) => (row === 0 ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: () => '#555555',
      paddingLeft: () => 0,
      paddingRight: () => 0,
      paddingTop: () => 1,
      paddingBottom: () => 1,
    },
  };
}

const signature = (who: string): Content => ({
  stack: [{ text: who, margin: [0, 0, 0, 20] }, '..................................................'],
  alignment: 'center',
  width: '*',
});

/** One half of a sheet: the same words for the payer and for the book. */
function half(number: number, outlet: string | null, keeper: string): Content {
  return {
    unbreakable: true,
    stack: [
      {
        columns: [
          { text: 'KUITANSI DARURAT', bold: true, fontSize: 13, width: '*' },
          { text: numberText(number), bold: true, fontSize: 16, width: 'auto' },
        ],
      },
      {
        columns: [
          { text: outlet ?? 'Gerai ......................................................', width: '*' },
          { text: keeper, width: 'auto', bold: true },
        ],
        margin: [0, 2, 0, 4],
      },
      writingTable(),
      {
        text: 'Uang pajak kendaraan sudah kami terima. Bukti pelunasan (TBPKP) menyusul sesudah dibukukan Bapenda; simpan kertas ini.',
        fontSize: 7,
        margin: [0, 4, 0, 4],
      },
      { columns: [signature('Pembayar'), signature('Petugas')], columnGap: 12 },
    ],
  };
}

function sheet(number: number, outlet: string | null): Content {
  return {
    pageBreak: 'before',
    stack: [
      half(number, outlet, 'untuk pembayar'),
      { text: '- '.repeat(64), alignment: 'center', fontSize: 7, color: '#555555', margin: [0, 10, 0, 10] },
      half(number, outlet, 'tetap di buku'),
    ],
  };
}

function cover({ from, count, outlet }: BlankBook): Content {
  return {
    stack: [
      { text: 'BUKU KUITANSI DARURAT', bold: true, fontSize: 18, alignment: 'center', margin: [0, 30, 0, 6] },
      { text: outlet ?? 'Gerai ......................................................', alignment: 'center' },
      {
        text: `Nomor ${numberText(from)} sampai ${numberText(from + count - 1)}`,
        bold: true,
        fontSize: 14,
        alignment: 'center',
        margin: [0, 16, 0, 16],
      },
      ...INSTRUCTIONS.map(
        (text, index): Content => ({
          columns: [
            { text: `${index + 1}.`, width: 14 },
            { text, width: '*' },
          ],
          margin: [0, 0, 0, 6],
        }),
      ),
      {
        text: 'Diterima tanggal ............................   oleh ............................................',
        margin: [0, 24, 0, 0],
      },
    ],
  };
}

/**
 * A blank emergency receipt book as PDF on A5: a cover with the rules, then one page for each number, each with a half for
 * the payer and a half that stays. `compress: false` keeps it readable for a checker.
 */
export async function emergencyBookPdf(book: BlankBook, compress = true): Promise<Uint8Array> {
  const pdfMake = await loadPdfMaker();
  const numbers = Array.from({ length: book.count }, (_, index) => book.from + index);
  return pdfMake
    .createPdf({
      pageSize: 'A5',
      pageMargins: [MARGIN, MARGIN, MARGIN, MARGIN],
      compress,
      info: { title: `Buku kuitansi darurat ${numberText(book.from)}` },
      defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.1 },
      content: [cover(book), ...numbers.map((number) => sheet(number, book.outlet))],
    })
    .getBuffer();
}
