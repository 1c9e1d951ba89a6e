/** The native build of each package that has one, by platform; electron-builder and our own packages read this list. */
export const NATIVE_BUILDS = {
  'linux-x64': { sqlite: 'linux-x64', argon2: 'linux-x64-gnu' },
  'win-x64': { sqlite: 'win32-x64', argon2: 'win32-x64-msvc' },
};

/** What a package brings and the counter never opens, as paths that begin with the package's name. */
export const UNUSED_IN_PACKAGES = [
  /^better-sqlite3\/(deps|src)(\/|$)/u,
  // Of the PDF program one build is used: for Node, with its WebAssembly beside it.
  /pdfium\/dist\/(.*base64.*|.*browser.*|.*cdn.*|.*worker.*|index\.cjs$)/u,
  // Text is read with one set of data and in Node only, which takes the WebAssembly from beside its program.
  /ind\/4\.0\.0(\/|$)/u,
  /^tesseract\.js\/(dist|docs|examples|scripts)(\/|$)/u,
  /^tesseract\.js-core\/.*\.wasm\.js$/u,
  /^zxing-wasm\/dist\/(iife|miniprogram|full|writer)(\/|$)/u,
];
