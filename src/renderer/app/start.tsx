import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { createClient } from './client.ts';
import { openHostBridge } from './host-bridge.ts';
import { keepInside } from './keep-inside.ts';

/** Puts the page together: bridge, client, screens. */
export function startPage(page: Window): void {
  const root = page.document.getElementById('root');
  if (root === null) throw new Error('index.html has no #root');
  keepInside(page);
  const client = createClient(openHostBridge(page));
  createRoot(root).render(
    <StrictMode>
      <App client={client} />
    </StrictMode>,
  );
}
