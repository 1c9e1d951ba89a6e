// A card for pictures and demonstrations: invented throughout, and it says so.
import { writeFileSync } from 'node:fs';
import sharp from 'sharp';

const WIDTH = 1920;
const HEIGHT = 1080;
const LINES = [
  ['NOMOR REGISTRASI', 'AG 2345 KD'],
  ['NAMA PEMILIK', 'CONTOH WARGA'],
  ['ALAMAT', 'DESA CONTOH 1 KEDIRI'],
  ['MERK / TYPE', 'HONDA VARIO 125'],
  ['NOMOR RANGKA', 'MHM03G4225Z510001'],
  ['NOMOR MESIN', 'JM91E1510001'],
  ['TAHUN PEMBUATAN', '2022'],
  ['BERLAKU SAMPAI', '12-12-2028'],
];

/** A registration card that is none, lying a little askew on a table, as SVG. */
function cardOnTable() {
  const rows = LINES.map(([name, value], row) => {
    const y = 205 + row * 84;
    return `<text x="40" y="${y}" font-size="36" fill="#223">${name}</text><text x="520" y="${y}" font-size="44" font-weight="700" fill="#111">: ${value}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="monospace">
<rect width="100%" height="100%" fill="#4a4038"/>
<g transform="translate(235 100) rotate(-1.2)"><rect width="1450" height="890" rx="24" fill="#cfe0ea"/><rect width="1450" height="110" rx="24" fill="#7fa8c2"/>
<text x="40" y="76" font-size="50" font-weight="700" font-family="sans-serif" fill="#112233">SURAT TANDA NOMOR KENDARAAN</text>
<text x="1200" y="76" font-size="44" font-family="sans-serif" fill="#7a0010">CONTOH</text>${rows.join('')}</g></svg>`;
}

/** The card as a photograph. */
export function cardPhoto() {
  return sharp(Buffer.from(cardOnTable())).jpeg({ quality: 92 }).toBuffer();
}

/** The card as what a camera sees: a video of one picture, in the form that a browser's fake camera reads. */
export async function writeCardVideo(path) {
  const pixels = await sharp(Buffer.from(cardOnTable())).removeAlpha().raw().toBuffer();
  const y = Buffer.alloc(WIDTH * HEIGHT);
  const u = Buffer.alloc((WIDTH * HEIGHT) / 4);
  const v = Buffer.alloc((WIDTH * HEIGHT) / 4);
  for (let at = 0; at < y.length; at += 1) {
    const [red, green, blue] = [pixels[at * 3], pixels[at * 3 + 1], pixels[at * 3 + 2]];
    y[at] = 16 + 0.257 * red + 0.504 * green + 0.098 * blue;
    const [column, row] = [at % WIDTH, Math.floor(at / WIDTH)];
    if (column % 2 === 1 || row % 2 === 1) continue;
    const half = (row / 2) * (WIDTH / 2) + column / 2;
    u[half] = 128 - 0.148 * red - 0.291 * green + 0.439 * blue;
    v[half] = 128 + 0.439 * red - 0.368 * green - 0.071 * blue;
  }
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F15:1 Ip A1:1 C420jpeg\n`);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), y, u, v]);
  writeFileSync(path, Buffer.concat([head, frame, frame]));
}
