// Old syntax on purpose, as in launch.mjs.
import fs from 'fs';
import path from 'path';
import url from 'url';

/** Whether this folder was packed: the packer writes `install.json` last. */
export function isInstalled() {
  var root = path.dirname(path.dirname(url.fileURLToPath(import.meta.url)));
  return fs.existsSync(path.join(root, 'install.json'));
}
