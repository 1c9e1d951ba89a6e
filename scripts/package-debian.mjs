// `npm run package:debian`: the Debian package of the browser host, from this checkout, without a download. Prints one line
// of JSON: file, bytes, installed size. `--out DIR` (default dist), `--quick` packs loosely, for a test of the layout.
import childProcess from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import url from 'node:url';
import { parseArgs } from 'node:util';
import zlib from 'node:zlib';
import { markInstalled, ROOT, writeTree } from './package-tree.mjs';

const PACKAGING = path.join(ROOT, 'packaging');
const read = (...names) => fs.readFileSync(path.join(PACKAGING, ...names), 'utf8');

function sizeOf(folder) {
  let bytes = 0;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) bytes += fs.statSync(path.join(entry.parentPath, entry.name)).size;
  }
  return bytes;
}

/** Folders and programs for everybody to read and run, other files to read; nothing of the packer's own umask. */
function setModes(folder, programs) {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    fs.chmodSync(file, entry.isDirectory() || programs.has(path.relative(folder, file)) ? 0o755 : 0o644);
  }
}

function put(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

const control = (version, kilobytes) => `Package: loket-opop
Version: ${version}
Section: misc
Priority: optional
Architecture: amd64
Maintainer: Bapenda Provinsi Jawa Timur <loket-opop@bapenda.jatimprov.go.id>
Installed-Size: ${kilobytes}
Depends: libc6 (>= 2.35), libstdc++6 (>= 12), passwd
Recommends: chromium | google-chrome-stable | microsoft-edge-stable, systemd
Description: loket pembayaran pajak kendaraan tahunan Samsat OPOP
 Program loket yang tetap bekerja tanpa koneksi, tidak menghilangkan dan tidak
 menggandakan satu transaksi pun. Layar dibuka lewat peramban di komputer ini.
`;

const PROGRAMS = new Set([
  'opt/loket-opop/bin/loket',
  'opt/loket-opop/bin/loket-window',
  'opt/loket-opop/runtime/node',
  ...['preinst', 'postinst', 'prerm', 'postrm'].map((name) => `DEBIAN/${name}`),
]);

/** Lays the package out in a folder: what will lie on the disk, and `DEBIAN` beside it. Answers version and size. */
export function layOut(stage) {
  const program = path.join(stage, 'opt', 'loket-opop');
  const { version } = writeTree(program, 'linux-x64');
  for (const name of ['loket', 'loket-window']) put(path.join(program, 'bin', name), read('linux', name));
  markInstalled(program, { format: 'debian', platform: 'linux-x64', versions: '/var/lib/loket-opop/versions' });
  fs.mkdirSync(path.join(stage, 'usr', 'bin'), { recursive: true });
  fs.symlinkSync('../../opt/loket-opop/bin/loket', path.join(stage, 'usr', 'bin', 'loket'));
  const share = path.join(stage, 'usr', 'share');
  put(path.join(stage, 'usr/lib/systemd/system/loket-opop.service'), read('debian', 'loket-opop.service'));
  put(path.join(share, 'applications/loket-opop.desktop'), read('debian', 'loket-opop.desktop'));
  put(path.join(share, 'icons/hicolor/scalable/apps/loket-opop.svg'), read('icons', 'loket-opop.svg'));
  const changes = fs.readFileSync(path.join(ROOT, 'CHANGELOG.md'));
  put(path.join(share, 'doc/loket-opop/changelog.gz'), zlib.gzipSync(changes, { level: 9 }));
  put(path.join(share, 'doc/loket-opop/copyright'), fs.readFileSync(path.join(ROOT, 'LICENSE')));
  const bytes = sizeOf(stage);
  const scripts = path.join(stage, 'DEBIAN');
  put(path.join(scripts, 'control'), control(version, Math.ceil(bytes / 1024)));
  put(path.join(scripts, 'preinst'), preinst());
  for (const name of ['postinst', 'prerm', 'postrm']) put(path.join(scripts, name), read('debian', `${name}.sh`));
  setModes(stage, PROGRAMS);
  return { version, bytes };
}

/** The check of the minimum and what asks it are one file: before the unpacking there is no other. */
export const preinst = () => `${read('linux', 'check-minimum.sh')}\nset -e\n${read('debian', 'preinst.sh')}`;

function main() {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' }, quick: { type: 'boolean' } } });
  const stage = fs.mkdtempSync(path.join(os.tmpdir(), 'loket-debian-'));
  try {
    const { version, bytes } = layOut(stage);
    fs.mkdirSync(values.out, { recursive: true });
    const file = path.resolve(values.out, `loket-opop_${version}_amd64.deb`);
    const strength = values.quick === true ? ['-Zgzip', '-z1'] : ['-Zxz', '-z6'];
    childProcess.execFileSync('dpkg-deb', ['--root-owner-group', ...strength, '--build', stage, file], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    process.stdout.write(
      `${JSON.stringify({ file, version, packedBytes: fs.statSync(file).size, installedBytes: bytes })}\n`,
    );
  } finally {
    fs.rmSync(stage, { recursive: true, force: true });
  }
}

if (process.argv[1] === url.fileURLToPath(import.meta.url)) main();
