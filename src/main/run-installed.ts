import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { readInstallation } from './installed/installation.ts';

// The command line of an installed program. What Node compiled is kept beside the newer programs, in a folder of the
// counter's own user: a cold start of some hundred sources takes half the time. Where it cannot be kept, nothing is lost.
const installed = readInstallation(join(import.meta.dirname, '..', '..'));
if (installed !== undefined) enableCompileCache(join(installed.versionsFolder, 'compiled'));
await import('./cli.ts');
