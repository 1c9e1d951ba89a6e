import '@fontsource-variable/plus-jakarta-sans/wght.css';
import '@mantine/core/styles.css';
import '@mantine/charts/styles.css';
import './app/tokens.css';
import './app/page.css';
import { applyLanguage } from './app/display-preference.ts';

/**
 * The page's policy forbids `eval`, so the schemas of the contract must not probe for it. zod reads this setting when
 * it is loaded, which is why the rest of the page is imported afterwards.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

// The words are chosen when their modules are loaded.
applyLanguage(window);

const { startPage } = await import('./app/start.tsx');
startPage(window);
