import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { useHidden } from '../hidden.ts';
import { actionOf } from './key-map.ts';
import { createKeyLayers, type KeyLayer, type KeyLayers, LAYER, type LayerLevel } from './key-layers.ts';

const KeyLayersContext = createContext<KeyLayers | undefined>(undefined);

/** Listens for the keys of the table on the whole page and hands each to the layer that stands highest. */
export function KeysProvider({ children }: Readonly<{ children: ReactNode }>): ReactNode {
  const [layers] = useState(createKeyLayers);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const action = actionOf(event);
      if (action === undefined) return;
      const binding = layers.find(action);
      // The browser's own print, save and find windows have no place at a counter, bound here or not.
      if (action !== 'back') event.preventDefault();
      if (binding === undefined || event.repeat) return;
      event.preventDefault();
      binding.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [layers]);
  return <KeyLayersContext value={layers}>{children}</KeyLayersContext>;
}

/** The layers of the page; throws outside the provider, which is a bug. */
export function useKeyLayers(): KeyLayers {
  const layers = useContext(KeyLayersContext);
  if (layers === undefined) throw new Error('keys are used outside KeysProvider');
  return layers;
}

/** Binds keys while the calling part is on the screen; behind a lock it keeps its place and hears nothing. */
export function useKeys(
  bindings: KeyLayer['bindings'],
  options: Readonly<{ level?: LayerLevel; exclusive?: boolean }> = {},
): void {
  const layers = useKeyLayers();
  const hidden = useHidden();
  const { level = LAYER.screen, exclusive = false } = options;
  const layer: KeyLayer = hidden ? { level, exclusive: false, bindings: {} } : { level, exclusive, bindings };
  const latest = useRef(layer);
  useEffect(() => {
    latest.current = layer;
  });
  useEffect(() => layers.add(() => latest.current), [layers]);
}
