import { describe, expect, it } from 'vitest';
import { createKeyLayers, type KeyLayer, LAYER } from '../../../../src/renderer/ui/keyboard/key-layers.ts';

const layer =
  (level: KeyLayer['level'], bindings: KeyLayer['bindings'], exclusive = false) =>
  () => ({
    level,
    exclusive,
    bindings,
  });
const binding = (label: string) => ({ run: () => undefined, label });

describe('a key is heard by the part that stands highest', () => {
  it('prefers a question to a screen, whichever came first', () => {
    const layers = createKeyLayers();
    layers.add(layer(LAYER.question, { primary: binding('cetak') }));
    layers.add(layer(LAYER.screen, { primary: binding('terima uang') }));
    expect(layers.find('primary')?.label).toBe('cetak');
  });

  it('hides the keys of the screen behind a sheet, so that F12 under it takes no money', () => {
    const layers = createKeyLayers();
    layers.add(layer(LAYER.screen, { primary: binding('terima uang') }));
    const close = layers.add(layer(LAYER.question, { back: binding('tutup') }, true));
    expect(layers.find('primary')).toBeUndefined();
    close();
    expect(layers.find('primary')?.label).toBe('terima uang');
  });

  it('hides the way out of a sheet while an act of it is under way', () => {
    const layers = createKeyLayers();
    const end = layers.add(layer(LAYER.act, {}, true));
    layers.add(layer(LAYER.question, { back: binding('tutup') }, true));
    expect(layers.find('back')).toBeUndefined();
    end();
    expect(layers.find('back')?.label).toBe('tutup');
  });

  it('never hides the lock', () => {
    const layers = createKeyLayers();
    layers.add(layer(LAYER.frame, { lock: binding('kunci'), help: binding('bantuan') }));
    layers.add(layer(LAYER.question, {}, true));
    expect([...layers.active().keys()]).toEqual(['lock']);
  });

  it('prefers the later of two parts of one level', () => {
    const layers = createKeyLayers();
    layers.add(layer(LAYER.screen, { search: binding('lama') }));
    layers.add(layer(LAYER.screen, { search: binding('baru') }));
    expect(layers.find('search')?.label).toBe('baru');
  });

  it('names for F1 only what works now', () => {
    const layers = createKeyLayers();
    layers.add(layer(LAYER.frame, { help: binding('bantuan') }));
    layers.add(layer(LAYER.screen, { plate: binding('nomor polisi') }));
    expect([...layers.active().keys()].sort()).toEqual(['help', 'plate']);
  });
});
