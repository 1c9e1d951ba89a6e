import type { DeviceSecrets } from '../device/device-secrets.ts';
import { type KeyStoreKind, type KeyStoreOptions, loadSecrets } from '../device/key-store.ts';
import { say } from '../../../contract/self-test-words.ts';
import { found, type Step } from './step.ts';

/** Opens the device's keys again, from where they are kept, and compares them with those in use. */
export function keyStoreStep(options: KeyStoreOptions, inUse: DeviceSecrets, kind: KeyStoreKind): Step {
  return async () => {
    const opened = await loadSecrets(options);
    if (!opened.ok) {
      const reason = String(opened.error.details?.['reason'] ?? opened.error.code);
      return found(false, say('keyStoreShut', reason.slice(0, 80)), { kind });
    }
    const isSame = opened.value.signingPublic === inUse.signingPublic;
    const message = isSame ? say('keyStore', kind) : say('keyStoreOther');
    return found(isSame, message, { kind });
  };
}
