import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { EventFrame, HostBridge, RequestFrame, ResponseFrame } from '../contract/frames.ts';

// The channels of shells/electron/bridge.ts. The preload imports nothing of the program, so the two names stand twice;
// the contract suite runs both sides together and fails when they differ.
const REQUEST_CHANNEL = 'loket:request';
const EVENT_CHANNEL = 'loket:event';

/** All that the page gets: two functions. No channel name and no event object of Electron passes. */
const bridge = {
  request: (frame: RequestFrame): Promise<ResponseFrame> => ipcRenderer.invoke(REQUEST_CHANNEL, frame),
  onEvent: (listener: (event: EventFrame) => void): (() => void) => {
    const relay = (_event: IpcRendererEvent, frame: EventFrame): void => listener(frame);
    ipcRenderer.on(EVENT_CHANNEL, relay);
    return () => {
      ipcRenderer.removeListener(EVENT_CHANNEL, relay);
    };
  },
} satisfies HostBridge;

contextBridge.exposeInMainWorld('loket', bridge);
