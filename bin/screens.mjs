// The only built part of a checkout: the screens. Built when a program that shows them starts and they are missing or old.
import childProcess from 'child_process';
import fs from 'fs';
import path from 'path';

function newestIn(folder) {
  var newest = 0;
  fs.readdirSync(folder, { withFileTypes: true }).forEach(function (entry) {
    var file = path.join(folder, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestIn(file) : fs.statSync(file).mtimeMs);
  });
  return newest;
}

function newestSource(root) {
  return ['src/renderer', 'src/contract', 'src/domain', 'vite.config.ts', 'package-lock.json']
    .map(function (name) {
      return path.join(root, name);
    })
    .reduce(function (newest, file) {
      var stat = fs.statSync(file);
      return Math.max(newest, stat.isDirectory() ? newestIn(file) : stat.mtimeMs);
    }, 0);
}

/** Builds `out/renderer` when it is missing or older than its sources; everything it prints goes to stderr. */
export function buildScreens(root) {
  // An installed program carries its screens and no sources.
  if (!fs.existsSync(path.join(root, 'src/renderer/index.html'))) return undefined;
  var built = path.join(root, 'out/renderer/index.html');
  if (fs.existsSync(built) && fs.statSync(built).mtimeMs >= newestSource(root)) return undefined;
  process.stderr.write('Menyiapkan layar (sekali saja, beberapa detik) ...\n');
  return new Promise(function (resolve, reject) {
    var vite = path.join(root, 'node_modules/vite/bin/vite.js');
    if (!fs.existsSync(vite)) {
      reject(
        new Error('The screens are not built and vite is not installed. Run "npm ci" in ' + root + ', then try again.'),
      );
      return;
    }
    var child = childProcess.spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.pipe(process.stderr);
    child.on('error', reject);
    child.on('exit', function (code) {
      if (code === 0) resolve(undefined);
      else reject(new Error('Building the screens failed (vite build answered ' + code + ').'));
    });
  });
}
