import {
  EVENT_TOPICS,
  type EventFrame,
  type HostBridge,
  type RequestFrame,
  type ResponseFrame,
} from '../../contract/frames.ts';

declare global {
  interface Window {
    /** The bridge that the preload of Electron exposes; absent in the browser host. */
    readonly loket?: HostBridge;
  }
}

const SECRET_HEADER = 'x-loket-secret';
const SECRET_KEY = 'loket-secret';
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;
/** A host that is asked too much at once says so before it looks at the call; how often the page then asks again. */
const PATIENCE = 8;

/** The host did not take the call: it is away, or this page was not opened by it. */
function unanswered(id: string, code: 'HOST_SILENT' | 'HOST_REFUSED'): ResponseFrame {
  return { id, ok: false, error: { code } };
}

/**
 * The secret of this start comes once in the address. It is taken out of the address at once, so that it stands in no
 * history and on no photograph of the screen, and is kept for a reload of this window only.
 */
function takeSecret(page: Window): string {
  const fromAddress = page.location.hash.slice(1);
  if (fromAddress === '') return page.sessionStorage.getItem(SECRET_KEY) ?? '';
  page.sessionStorage.setItem(SECRET_KEY, fromAddress);
  page.history.replaceState(null, '', page.location.pathname);
  return fromAddress;
}

async function post(path: string, secret: string, body: string): Promise<Response | undefined> {
  try {
    return await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [SECRET_HEADER]: secret },
      body,
      cache: 'no-store',
    });
  } catch (failure) {
    // `fetch` throws a TypeError when nobody answers: an expected state of the line to the host, not a bug.
    if (failure instanceof TypeError) return undefined;
    throw failure;
  }
}

/** A call that was told to come later comes later: nothing of it was done. */
async function postPatiently(secret: string, body: string): Promise<Response | undefined> {
  let response = await post('/rpc', secret, body);
  for (let again = 1; response?.status === 429 && again <= PATIENCE; again += 1) {
    await new Promise((resume) => setTimeout(resume, FIRST_PAUSE_MS * again));
    response = await post('/rpc', secret, body);
  }
  return response;
}

async function requestOverHttp(secret: string, frame: RequestFrame): Promise<ResponseFrame> {
  const response = await postPatiently(secret, JSON.stringify(frame));
  if (response === undefined || response.status === 429) return unanswered(frame.id, 'HOST_SILENT');
  if (response.status === 401 || response.status === 403) return unanswered(frame.id, 'HOST_REFUSED');
  try {
    // Our own host wrote this frame; the client parses its value against the method's schema.
    const answer = (await response.json()) as ResponseFrame;
    return answer;
  } catch (failure) {
    if (failure instanceof SyntaxError || failure instanceof TypeError) return unanswered(frame.id, 'HOST_SILENT');
    throw failure;
  }
}

function eventOf(line: string): EventFrame | undefined {
  const topic = EVENT_TOPICS.find((name) => line.includes(`"${name}"`));
  return topic === undefined ? undefined : { topic };
}

/** Reads newline-delimited frames until the stream ends or breaks. */
async function readEvents(body: ReadableStream<Uint8Array>, publish: (event: EventFrame) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = eventOf(line);
      if (event !== undefined) publish(event);
    }
  }
}

/** Follows the event stream for ever; after a break everything is stale, because events may have been missed. */
async function followEvents(secret: string, publish: (event: EventFrame) => void): Promise<never> {
  let pause = FIRST_PAUSE_MS;
  for (;;) {
    const response = await post('/events', secret, '{}');
    if (response?.ok === true && response.body !== null) {
      pause = FIRST_PAUSE_MS;
      for (const topic of EVENT_TOPICS) publish({ topic });
      await readEvents(response.body, publish).catch((failure: unknown) => {
        if (!(failure instanceof TypeError || failure instanceof DOMException)) throw failure;
      });
    }
    const wait = pause;
    await new Promise((resume) => setTimeout(resume, wait));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

/** The two functions of the host. This is the one place that knows that two shells exist. */
export function openHostBridge(page: Window): HostBridge {
  if (page.loket !== undefined) return page.loket;
  const secret = takeSecret(page);
  const listeners = new Set<(event: EventFrame) => void>();
  void followEvents(secret, (event) => {
    for (const listener of listeners) listener(event);
  });
  return {
    request: (frame) => requestOverHttp(secret, frame),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
