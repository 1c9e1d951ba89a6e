import bwip from 'bwip-js/node';
import type { CardFacts } from './card-facts.ts';
import type { CardRandom } from './card-random.ts';

/** Papers that are drawn: they look like the real ones only as far as a reader of text must cope with them. */
export type CardKind = 'stnk' | 'ktp' | 'notice';

/** Size of the drawing, before the picture of it is taken. */
const [WIDE, HIGH] = [1480, 940];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

type Pen = { readonly size: number; readonly font?: string; readonly bold?: boolean; readonly ink?: string };

function write(
  x: number,
  y: number,
  text: string,
  { size, font = 'Roboto', bold = false, ink = '#1c1c22' }: Pen,
): string {
  const weight = bold ? ' font-weight="500"' : '';
  return `<text x="${x}" y="${y}" font-family="${font}" font-size="${size}"${weight} fill="${ink}">${escaped(text)}</text>`;
}

/** Fine waves as on safety paper, and the word that says that this is none. */
function paper(base: string, line: string, random: CardRandom): string {
  const waves = Array.from({ length: 46 }, (_, at) => {
    const y = at * 21;
    return `<path d="M0 ${y} q ${random.whole(60, 140)} ${random.whole(-18, 18)} ${WIDE / 2} 0 t ${WIDE / 2} 0" fill="none" stroke="${line}" stroke-width="1.4"/>`;
  });
  return `<rect width="${WIDE}" height="${HIGH}" rx="26" fill="${base}"/>${waves.join('')}`;
}

function mark(x: number, y: number): string {
  return `<text x="${x}" y="${y}" font-family="Roboto" font-size="120" fill="#9a2230" fill-opacity="0.16" transform="rotate(-14 ${x} ${y})">CONTOH</text>`;
}

/** Labels with a colon each in its column, values behind them. */
function rows(
  list: readonly (readonly [string, string])[],
  at: { readonly x: number; readonly y: number; readonly step: number; readonly value: number },
  label: Pen,
  value: Pen,
): string {
  return list
    .map(([name, text], row) => {
      const y = at.y + row * at.step;
      return write(at.x, y, name, label) + write(at.value - 22, y, ':', label) + write(at.value, y, text, value);
    })
    .join('');
}

function drawKtp(facts: CardFacts, random: CardRandom): string {
  const label = { size: 32 };
  const list = [
    ['Nama', facts.owner],
    ['Tempat/Tgl Lahir', `${facts.birthplace}, ${facts.bornOn}`],
    [
      'Jenis Kelamin',
      `${facts.isFemale ? 'PEREMPUAN' : 'LAKI-LAKI'}   Gol. Darah : ${random.oneOf(['A', 'B', 'O', '-'])}`,
    ],
    ['Alamat', facts.street],
    ['      RT/RW', `00${random.whole(1, 9)}/00${random.whole(1, 9)}`],
    ['      Kel/Desa', facts.village],
    ['      Kecamatan', facts.district],
    ['Agama', 'ISLAM'],
    ['Status Perkawinan', random.oneOf(['KAWIN', 'BELUM KAWIN'])],
    ['Pekerjaan', random.oneOf(['PETANI/PEKEBUN', 'WIRASWASTA', 'PELAJAR/MAHASISWA'])],
    ['Kewarganegaraan', 'WNI'],
    ['Berlaku Hingga', 'SEUMUR HIDUP'],
  ] as const;
  return [
    paper('#c9dff0', '#b3cde4', random),
    write(500, 70, 'PROVINSI JAWA TIMUR', { size: 44, bold: true }),
    write(550, 122, 'KABUPATEN CONTOH', { size: 44, bold: true }),
    write(50, 205, 'NIK', { size: 48, bold: true }),
    write(300, 205, ':', { size: 48, bold: true }),
    write(335, 207, facts.nik, { size: 52, font: 'OCRA' }),
    rows(list, { x: 50, y: 272, step: 54, value: 400 }, label, { size: 32 }),
    `<rect x="1090" y="250" width="330" height="430" fill="#a33a3a" fill-opacity="0.35"/><circle cx="1255" cy="410" r="92" fill="#d8b79b"/><rect x="1135" y="510" width="240" height="170" rx="90" fill="#5c5f77"/>`,
    mark(640, 640),
  ].join('');
}

function drawStnk(facts: CardFacts, random: CardRandom): string {
  const font = random.oneOf(['OCRB', 'Roboto']);
  const value = { size: 29, font };
  const label = { size: 24 };
  const left = [
    ['NOMOR REGISTRASI', facts.nrkb],
    ['NAMA PEMILIK', facts.owner],
    ['ALAMAT', facts.street],
    ['', `${facts.village} ${facts.district}`],
    ['MERK', facts.make],
    ['TYPE', facts.model],
    ['JENIS', 'SEPEDA MOTOR'],
    ['MODEL', 'SOLO'],
    ['TAHUN PEMBUATAN', String(facts.year)],
    ['ISI SILINDER', `0${random.whole(110, 160)} CC`],
    ['NOMOR RANGKA/NIK/VIN', facts.chassis],
    ['NOMOR MESIN', facts.engine],
  ] as const;
  const right = [
    ['WARNA', facts.colour],
    ['BAHAN BAKAR', 'BENSIN'],
    ['WARNA TNKB', 'PUTIH'],
    ['TAHUN REGISTRASI', String(facts.year)],
    ['NOMOR BPKB', facts.bpkb],
    ['KODE LOKASI', '35.06'],
    ['BERLAKU SAMPAI', facts.dueOn],
  ] as const;
  return [
    paper('#f1e8d2', '#dccfae', random),
    write(330, 62, 'KEPOLISIAN NEGARA REPUBLIK CONTOH', { size: 36, bold: true }),
    write(300, 110, 'SURAT TANDA NOMOR KENDARAAN BERMOTOR', { size: 36, bold: true }),
    write(1130, 150, `No. ${random.letters('0123456789', 8)}`, { size: 26, ink: '#8c1d1d' }),
    rows(left, { x: 46, y: 200, step: 58, value: 400 }, label, value),
    rows(right, { x: 900, y: 432, step: 58, value: 1150 }, label, value),
    mark(560, 620),
  ].join('');
}

/** A code as an SVG path, at a place and scale. */
function code(options: Parameters<typeof bwip.toSVG>[0], x: number, y: number, scale: number): string {
  const svg = bwip.toSVG(options);
  const inner = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'));
  return `<rect x="${x - 20}" y="${y - 20}" width="${scale * 130}" height="${scale * 130}" fill="#fff"/><g transform="translate(${x} ${y}) scale(${scale})">${inner}</g>`;
}

function drawNotice(facts: CardFacts, random: CardRandom): string {
  const amount = (): string => `${random.whole(20, 900)}.${random.whole(100, 999)}`;
  const list = [
    ['NO. POLISI', facts.nrkb],
    ['NAMA', facts.owner],
    ['ALAMAT', facts.street],
    ['MERK/TYPE', `${facts.make} ${facts.model}`],
    ['NO. RANGKA', facts.chassis],
    ['NO. MESIN', facts.engine],
    ['PKB', amount()],
    ['OPSEN PKB', amount()],
    ['SWDKLLJ', '35.000'],
    ['BERLAKU S/D', facts.dueOn],
  ] as const;
  const compact = facts.nrkb.replaceAll(' ', '');
  const drawn =
    random.fraction() < 0.5
      ? code({ bcid: 'code128', text: compact, height: 18 }, 950, 170, 2.4)
      : code({ bcid: 'qrcode', text: `${facts.nrkb};${facts.dueOn}` }, 1100, 170, 3.6);
  return [
    paper('#e7efe0', '#cfdcc4', random),
    write(260, 66, 'SURAT KETETAPAN PAJAK DAERAH (SKPD)', { size: 40, bold: true }),
    write(430, 112, 'BADAN PENDAPATAN CONTOH', { size: 30 }),
    rows(list, { x: 50, y: 220, step: 66, value: 330 }, { size: 27 }, { size: 31, font: 'OCRB' }),
    drawn,
    mark(500, 680),
  ].join('');
}

/** The drawing of a paper, flat and clean. */
export function drawCard(kind: CardKind, facts: CardFacts, random: CardRandom): string {
  const draw = { stnk: drawStnk, ktp: drawKtp, notice: drawNotice }[kind];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDE}" height="${HIGH}">${draw(facts, random)}</svg>`;
}
