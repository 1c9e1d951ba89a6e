#!/usr/bin/env node
import { isInstalled } from './installed.mjs';
import { launch } from './launch.mjs';
import { buildScreens } from './screens.mjs';

// An installed program looks first whether a newer one stands beside it; a checkout is what it is.
launch(
  isInstalled() ? 'src/main/start-installed.ts' : 'src/main/cli.ts',
  process.argv[2] === 'serve' ? buildScreens : undefined,
);
