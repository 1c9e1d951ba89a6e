import type { Session, WebContents } from 'electron';
import { PAGE_ORIGIN } from './protocol.ts';

/** "We recommend that you use Node's parser for URLs" (Electron, security checklist 13): never a comparison of texts. */
export function isOurPage(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && `${url.protocol}//${url.host}` === PAGE_ORIGIN && url.username === '' && url.password === '';
}

/** The page stays our page: it goes nowhere else, opens nothing, and holds no foreign view. */
export function keepAtHome(page: WebContents): void {
  page.setWindowOpenHandler(() => ({ action: 'deny' }));
  const stay = (event: { readonly url: string; preventDefault: () => void }): void => {
    if (!isOurPage(event.url)) event.preventDefault();
  };
  page.on('will-navigate', stay);
  page.on('will-redirect', stay);
  page.on('will-frame-navigate', stay);
  page.on('will-attach-webview', (event) => event.preventDefault());
}

/** The camera for documents and barcodes, for our page alone; every other permission is denied. */
function limitPermissions(session: Session): void {
  session.setPermissionRequestHandler((page, permission, answer, details) => {
    // A list that is absent or holds a microphone too is no wish for the camera alone.
    const isCamera = permission === 'media' && 'mediaTypes' in details && details.mediaTypes?.join() === 'video';
    answer(isCamera && isOurPage(page.getURL()) && isOurPage(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_page, permission, origin, details) =>
      permission === 'media' && details.mediaType === 'video' && isOurPage(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
}

/** Pictures and papers of the page's own making; the hidden window that makes a PDF is one such address. */
const MADE_HERE = ['data:', 'blob:'];

/** A second fence behind the page's policy: what is not the page itself never leaves for the network, or the disk. */
function limitReach(session: Session): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isOurPage(details.url) && !MADE_HERE.includes(URL.parse(details.url)?.protocol ?? '') });
  });
  session.on('will-download', (event) => event.preventDefault());
}

/** What every page of a session may ask of this computer: the camera, and nothing of the network. */
export function limitSession(session: Session): void {
  limitPermissions(session);
  limitReach(session);
}
