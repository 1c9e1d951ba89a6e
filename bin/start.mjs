#!/usr/bin/env node
import { launch } from './launch.mjs';
import { buildScreens } from './screens.mjs';

launch('src/main/start.ts', buildScreens);
