import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { APPROVAL_ACTIONS } from '../../src/domain/approval.ts';
import { requestCharacters } from '../../src/domain/approval-request.ts';
import { codeFor, deviceTag } from '../../src/main/core/approvals/approval-codes.ts';
import { actionWords, ageWords } from '../../src/province/supervisor-page/page/action-words.ts';
import { createVault, isGoodPin, type VaultContent } from '../../src/province/supervisor-page/page/vault.ts';
import { webCodeFor, webDeviceTag } from '../../src/province/supervisor-page/page/web-code.ts';
import { approvalWords } from '../../src/renderer/text/approval-text.ts';
import { REMOTE_CODE_TEXT } from '../../src/renderer/text/remote-code-text.ts';

const PIN = '20406080';
const SECRET = 'kunci-pasangan-yang-tidak-boleh-terlihat-00';
const CONTENT: VaultContent = {
  pageId: '019cd5af-e380-743a-9667-40a908ceba4a',
  supervisorId: 'pengawas',
  name: 'Pengawas Contoh',
  counters: [
    {
      counterId: '019cd5af-e380-743a-9667-40a908ceba4b',
      outletId: '3506-017',
      outletName: 'OPOP Contoh',
      deviceNo: 1,
      key: SECRET,
    },
  ],
  signingKey: { kty: 'EC' },
  unsent: [],
};

/** What a browser keeps, in the open. */
function shelf() {
  const kept: { text: string | null } = { text: null };
  const keep = {
    get: () => kept.text,
    set: (text: string) => void (kept.text = text),
    remove: () => void (kept.text = null),
  };
  return { kept, vault: createVault(keep) };
}

describe('the vault of a supervisor’s telephone', { timeout: 30_000 }, () => {
  it('opens with its PIN, keeps nothing in the open, and keeps a change', async () => {
    const { kept, vault } = shelf();
    await vault.make(PIN, CONTENT);
    expect(kept.text).not.toMatch(/kunci|pengawas|3506/i);
    const opened = await vault.open(PIN);
    if (!opened.ok) throw new Error(opened.error.code);
    expect(await opened.value.read()).toEqual(CONTENT);
    const before = kept.text;
    await opened.value.change((content) => ({ ...content, unsent: [{ counterId: 'c', request: 'r' }] }));
    expect(kept.text).not.toBe(before);
    const again = await vault.open(PIN);
    expect(again.ok && (await again.value.read()).unsent).toEqual([{ counterId: 'c', request: 'r' }]);
  });

  it('counts wrong PINs before it tries them, forgets them after a right one, and wipes itself at the fifth', async () => {
    const { kept, vault } = shelf();
    await vault.make(PIN, CONTENT);
    const wrong = async () => {
      const opened = await vault.open('11111112');
      return opened.ok ? 'open' : opened.error;
    };
    expect(await wrong()).toEqual({ code: 'WRONG_PIN', triesLeft: 4 });
    expect((await vault.open(PIN)).ok).toBe(true);
    // A page that is closed in the middle of a try has used it.
    const broken = vault.open('11111112');
    expect(JSON.parse(kept.text ?? '{}')).toMatchObject({ wrong: 1 });
    await broken;
    expect([await wrong(), await wrong(), await wrong(), await wrong()]).toEqual([
      { code: 'WRONG_PIN', triesLeft: 3 },
      { code: 'WRONG_PIN', triesLeft: 2 },
      { code: 'WRONG_PIN', triesLeft: 1 },
      { code: 'WIPED' },
    ]);
    expect(kept.text).toBeNull();
    expect(await vault.open(PIN)).toEqual({ ok: false, error: { code: 'WIPED' } });
  });

  it('does not open when one byte of it was changed', async () => {
    const { kept, vault } = shelf();
    await vault.make(PIN, CONTENT);
    const whole = JSON.parse(kept.text ?? '{}') as Record<string, string>;
    for (const part of ['salt', 'iv', 'data']) {
      const text = whole[part] ?? '';
      const changed = (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
      kept.text = JSON.stringify({ ...whole, [part]: changed });
      expect(await vault.open(PIN), part).toEqual({ ok: false, error: { code: 'WRONG_PIN', triesLeft: 4 } });
    }
    kept.text = JSON.stringify(whole);
    expect((await vault.open(PIN)).ok).toBe(true);
    for (const damage of ['', '{}', 'null', '[1]', '{"salt":1}', '{']) {
      kept.text = damage;
      expect(vault.exists(), damage).toBe(false);
    }
  });

  it('takes eight digits or more as its PIN, and not one digit over and over', () => {
    expect(['1234567', '11111111', '1234567a', '', '１２３４５６７８'].map(isGoodPin)).toEqual(Array(5).fill(false));
    expect(['12345679', '123456789012'].map(isGoodPin)).toEqual([true, true]);
  });
});

describe('the page’s digits and words', () => {
  it('are those of Kode jauh for any request, key and counter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uuid(),
        fc.constantFrom(...APPROVAL_ACTIONS),
        fc.integer({ min: -(2 ** 33), max: 2 ** 33 }),
        async (deviceId, action, amount) => {
          const key = randomBytes(32);
          const tag = deviceTag(deviceId);
          expect(await webDeviceTag(deviceId)).toBe(tag);
          const askedAt = Date.UTC(2026, 2, 10, 3);
          const parts = { action, amount, deviceTag: tag, head: '0A1B2', nonce: 'C3D4E', askedAt };
          const request = requestCharacters(parts);
          const code = await webCodeFor(key.toString('base64url'), deviceId, request);
          expect(code).toBe(codeFor(key, deviceId, request));
          expect(actionWords(action, amount)).toBe(approvalWords(action, amount));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('say the age of a request as Kode jauh does', () => {
    for (const minutes of [0, 1, 59, 60, 61, 754]) {
      expect(ageWords(minutes)).toBe(REMOTE_CODE_TEXT.minutesAgo(minutes));
    }
  });
});
