/** The moments of a counter's disk at which a simulated world may let it fail, stop, or be looked at. */
export type IoPoint =
  | { readonly at: 'before-commit' | 'after-commit' | 'before-insert'; readonly file: string }
  | { readonly at: 'before-durable' | 'after-durable'; readonly file: string };

/** What watches one folder of the world: it may throw, as the disk or a dying process would. */
export type IoWatch = {
  readonly onPoint: (point: IoPoint) => void;
  /** True when the process of this folder is dead: nothing more may reach its disk. */
  readonly isDead: () => boolean;
};

/** The process of a counter has ended; whatever it still tries fails with this. */
export class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded';
}

const watches = new Map<string, IoWatch>();
const open = new Map<string, Set<{ readonly close: () => void }>>();

/** Sticks of a counter, which stay when a life ends, and the life that writes on them now. */
const sticks = new Map<string, string>();

/** Folders of the world are named `at-…` and `stick-…`; what lies below belongs to one life of one counter. */
function lifeOf(file: string): string | undefined {
  const name = /(?:^|[/\\])((?:at|stick)-[^/\\]+)[/\\]/.exec(file)?.[1];
  return name === undefined ? undefined : (sticks.get(name) ?? name);
}

/** From now on this life writes on the stick. */
export function plugStick(stick: string, life: string): void {
  sticks.set(stick, life);
}

/** Watches the folder of a life; a dead one stays watched, because it must never touch its disk again. */
export function watch(life: string, by: IoWatch): void {
  watches.set(life, by);
}

/** Tells whoever watches; throws what the watcher throws, and `ProcessEnded` for a dead process. */
export function reach(at: IoPoint['at'], file: string): void {
  const by = watches.get(lifeOf(file) ?? '');
  if (by === undefined) return;
  if (by.isDead()) throw new ProcessEnded(at);
  by.onPoint({ at, file });
}

export function isDead(file: string): boolean {
  return watches.get(lifeOf(file) ?? '')?.isDead() ?? false;
}

/** Remembers what the operating system would close for a dead process. */
export function noteOpen(file: string, handle: { readonly close: () => void }): void {
  const life = lifeOf(file);
  if (life === undefined) return;
  const handles = open.get(life) ?? new Set();
  handles.add(handle);
  open.set(life, handles);
}

export function noteClosed(file: string, handle: { readonly close: () => void }): void {
  open.get(lifeOf(file) ?? '')?.delete(handle);
}

/** Closes everything that a dead process had open. */
export function closeAll(life: string): void {
  for (const handle of open.get(life) ?? []) handle.close();
  open.delete(life);
}
