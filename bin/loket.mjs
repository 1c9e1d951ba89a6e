#!/usr/bin/env node
import { launch } from './launch.mjs';
import { buildScreens } from './screens.mjs';

launch('src/main/cli.ts', process.argv[2] === 'serve' ? buildScreens : undefined);
