import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { ResponseFrame } from '../../../contract/frames.ts';
import type { CounterApp } from '../../core/app-interface.ts';
import { isOurPage } from './page-limits.ts';

/** The one channel of calls; the preload has the same text. */
const REQUEST_CHANNEL = 'loket:request';
/** The one channel of events; the preload has the same text. */
const EVENT_CHANNEL = 'loket:event';

/**
 * "Validate the sender of all IPC messages" (Electron, security checklist 17): the top frame of our window, showing our
 * page. A frame that is gone by now, or lies inside another, is not ours.
 */
function comesFromOurPage(event: IpcMainInvokeEvent, page: WebContents): boolean {
  const frame = event.senderFrame;
  if (event.sender !== page || frame === null) return false;
  return frame.frameTreeNodeId === page.mainFrame.frameTreeNodeId && isOurPage(frame.url);
}

/** Connects the page with the app: calls by one channel, events by another; answers the function that ends both. */
export function connectBridge(page: WebContents, app: Pick<CounterApp, 'dispatch' | 'subscribe'>): () => void {
  ipcMain.handle(REQUEST_CHANNEL, (event, frame: unknown): Promise<ResponseFrame> => {
    if (comesFromOurPage(event, page)) return app.dispatch(frame);
    return Promise.resolve({ id: '', ok: false, error: { code: 'FORBIDDEN' } });
  });
  const unsubscribe = app.subscribe((event) => {
    if (!page.isDestroyed()) page.send(EVENT_CHANNEL, event);
  });
  return () => {
    unsubscribe();
    ipcMain.removeHandler(REQUEST_CHANNEL);
  };
}
