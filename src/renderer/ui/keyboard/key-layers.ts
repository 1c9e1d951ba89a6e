import type { KeyAction } from '../../text/keys-text.ts';
import { KEY_ACTIONS } from './key-map.ts';

/** Which layer hears a key first: an act under way above a question above a sheet above a screen above the frame. */
export const LAYER = { frame: 0, screen: 1, sheet: 2, question: 3, act: 4 } as const;
export type LayerLevel = (typeof LAYER)[keyof typeof LAYER];

/** What one key does here; `label` says it in the words of this screen. */
export type KeyBinding = Readonly<{ run: () => void; label?: string | undefined }>;

/** "Sign-out and lock are always allowed": no sheet or question hides this key. */
const ALWAYS: readonly KeyAction[] = ['lock'];

/** The keys of one part of the screen. A layer that is `exclusive` hides all keys below its level. */
export type KeyLayer = Readonly<{
  level: LayerLevel;
  exclusive: boolean;
  bindings: Partial<Readonly<Record<KeyAction, KeyBinding>>>;
}>;

/** The keys that work right now. */
export type KeyLayers = {
  /** Adds a layer; the answer takes it away again. */
  readonly add: (read: () => KeyLayer) => () => void;
  readonly find: (action: KeyAction) => KeyBinding | undefined;
  /** Every action that does something now, with the words of the part that does it. */
  readonly active: () => ReadonlyMap<KeyAction, KeyBinding>;
};

/** An empty set of layers; the page has one. */
export function createKeyLayers(): KeyLayers {
  const readers = new Set<() => KeyLayer>();

  /** Highest level first, and inside a level the latest first. */
  const ordered = (): readonly KeyLayer[] => {
    const layers = [...readers].map((read) => read()).reverse();
    return layers.sort((left, right) => right.level - left.level);
  };

  const active = (): ReadonlyMap<KeyAction, KeyBinding> => {
    const found = new Map<KeyAction, KeyBinding>();
    const layers = ordered();
    const floor = Math.max(-1, ...layers.filter((layer) => layer.exclusive).map((layer) => layer.level));
    for (const layer of layers) {
      for (const action of KEY_ACTIONS) {
        const binding = layer.bindings[action];
        const heard = layer.level >= floor || ALWAYS.includes(action);
        if (binding !== undefined && heard && !found.has(action)) found.set(action, binding);
      }
    }
    return found;
  };

  return {
    add: (read) => {
      readers.add(read);
      return () => {
        readers.delete(read);
      };
    },
    find: (action) => active().get(action),
    active,
  };
}
