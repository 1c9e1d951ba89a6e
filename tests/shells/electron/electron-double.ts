import { EventEmitter } from 'node:events';

type Handler = (event: unknown, ...args: readonly unknown[]) => unknown;
type Frame = { url: string; readonly frameTreeNodeId: number };

type RequestHandler = (page: unknown, permission: string, answer: (granted: boolean) => void, details: object) => void;
type CheckHandler = (page: unknown, permission: string, origin: string, details: object) => boolean;

type ReachHandler = (details: { url: string }, answer: (verdict: { cancel: boolean }) => void) => void;

class SessionDouble extends EventEmitter {
  reach: ReachHandler | undefined;
  display: ((request: unknown, answer: (streams: unknown) => void) => void) | undefined;
  readonly webRequest = {
    onBeforeRequest: (handler: ReachHandler): void => {
      this.reach = handler;
    },
  };
  setDisplayMediaRequestHandler(handler: NonNullable<SessionDouble['display']>): void {
    this.display = handler;
  }
  request: RequestHandler | undefined;
  check: CheckHandler | undefined;
  device: (() => boolean) | undefined;
  setPermissionRequestHandler(handler: RequestHandler): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.device = handler;
  }
}

/** Stands for one `webContents`: remembers what it was told, lets a test play what the page would try. */
export class PageDouble extends EventEmitter {
  mainFrame: Frame = { url: 'about:blank', frameTreeNodeId: 1 };
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  destroyed = false;
  pdfOptions: unknown;
  readonly session = new SessionDouble();
  setWindowOpenHandler(handler: NonNullable<PageDouble['openHandler']>): void {
    this.openHandler = handler;
  }
  /** The top frame shows another address. */
  show(url: string): void {
    this.mainFrame = { ...this.mainFrame, url };
  }
  getURL(): string {
    return this.mainFrame.url;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  /** As in Electron: what is sent is cloned, and reaches the listeners of the page's preload. */
  send(channel: string, ...args: readonly unknown[]): void {
    if (this.destroyed) throw new Error('Object has been destroyed');
    ipcRenderer.emit(channel, {}, ...args.map((arg) => structuredClone(arg)));
  }
  async printToPDF(options: unknown): Promise<Buffer> {
    this.pdfOptions = options;
    return Buffer.from('%PDF-double');
  }
}

/** Every window that was opened, oldest first. */
export const windows: WindowDouble[] = [];

export class WindowDouble extends EventEmitter {
  readonly options: { readonly webPreferences: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>;
  readonly webContents = new PageDouble();
  shown = false;
  restored = 0;
  kiosk = false;
  constructor(options: WindowDouble['options']) {
    super();
    this.options = options;
    windows.push(this);
  }
  async loadURL(url: string): Promise<void> {
    this.webContents.show(url);
    this.emit('ready-to-show');
  }
  show(): void {
    this.shown = true;
  }
  restore(): void {
    this.restored += 1;
  }
  setKiosk(kiosk: boolean): void {
    this.kiosk = kiosk;
  }
  destroy(): void {
    this.webContents.destroyed = true;
  }
}

export const handlers = new Map<string, Handler>();
export const schemes: unknown[] = [];
export const protocolHandlers = new Map<string, (request: Request) => Promise<Response>>();
export const exposed = new Map<string, object>();
/** The menu of the program as it was set last; Electron starts with one of its own. */
export const menu: { now: unknown } = { now: 'the menu of Electron' };
/** Each time that the program was asked to end. */
export const quits: string[] = [];
/** What keeps the screen awake at the moment. */
export const blockers = new Map<number, string>();
/** What the double of the key store says of itself. */
export const keyStore = { backend: 'gnome_libsecret', available: true };

/** Calls a channel as a frame of a page would; arguments and answer are cloned as between two processes. */
export async function invokeAs(
  event: { sender: unknown; senderFrame: unknown },
  channel: string,
  ...args: readonly unknown[]
): Promise<unknown> {
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
  return structuredClone(await handler(event, ...args.map((arg) => structuredClone(arg))));
}

const ipcRenderer = Object.assign(new EventEmitter(), {
  invoke: (channel: string, ...args: readonly unknown[]): Promise<unknown> => {
    const page = windows.at(-1)?.webContents;
    return invokeAs({ sender: page, senderFrame: page?.mainFrame }, channel, ...args);
  },
});

/** The double of the module: only what our shell uses, so that a new use fails here first. */
export const electron = {
  ipcRenderer,
  ipcMain: {
    handle: (channel: string, handler: Handler): void => {
      if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
      handlers.set(channel, handler);
    },
    removeHandler: (channel: string): boolean => handlers.delete(channel),
  },
  contextBridge: { exposeInMainWorld: (name: string, api: object): unknown => exposed.set(name, api) },
  protocol: {
    registerSchemesAsPrivileged: (list: readonly unknown[]): unknown => schemes.push(...list),
    handle: (scheme: string, handler: (request: Request) => Promise<Response>): unknown =>
      protocolHandlers.set(scheme, handler),
  },
  BrowserWindow: WindowDouble,
  Menu: {
    setApplicationMenu: (next: unknown): void => {
      menu.now = next;
    },
  },
  powerSaveBlocker: {
    start: (kind: string): number => {
      blockers.set(blockers.size + 1, kind);
      return blockers.size;
    },
    stop: (id: number): boolean => blockers.delete(id),
  },
  safeStorage: {
    getSelectedStorageBackend: (): string => keyStore.backend,
    isAsyncEncryptionAvailable: async (): Promise<boolean> => keyStore.available,
    encryptStringAsync: async (text: string): Promise<Buffer> => Buffer.from(`sealed:${text}`),
    decryptStringAsync: async (sealed: Buffer): Promise<object> => ({
      shouldReEncrypt: false,
      result: sealed.toString().replace('sealed:', ''),
    }),
  },
  shell: { openPath: async (path: string): Promise<string> => (path === '/there' ? '' : 'not found') },
  app: { quit: (): unknown => quits.push('quit') },
};
