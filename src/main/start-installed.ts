import { join } from 'node:path';
import { readInstallation } from './installed/installation.ts';
import { runChosen } from './installed/run-chosen.ts';

// The way into an installed program: it runs itself, or the newer one beside it.
const folder = join(import.meta.dirname, '..', '..');
const installed = readInstallation(folder);
if (installed === undefined) throw new Error(`${folder} holds no installed program`);
process.exitCode = await runChosen(installed, process.argv.slice(2));
