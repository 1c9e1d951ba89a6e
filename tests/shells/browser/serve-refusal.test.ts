import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../../src/main/core/app.ts';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { serveCounter, serveRefusal } from '../../../src/main/shells/browser/serve-counter.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { testConfig } from '../../support/test-counter.ts';

describe('a counter whose data cannot be opened', () => {
  it('shows its screens, and every question they ask is answered with the reason', async () => {
    const folder = temporaryFolder();
    const config = testConfig(folder);
    const pageFolder = join(folder, 'page');
    mkdirSync(pageFolder);
    mkdirSync(config.dataDir);
    writeFileSync(join(pageFolder, 'index.html'), '<!doctype html><title>Loket</title>');
    const damaged = join(config.dataDir, DATABASE_FILE);
    writeFileSync(damaged, 'this is not a database, and it is long enough to be looked at as one'.repeat(100));

    const served = await serveCounter((shell) => createApp(config, { shell }), { pageFolder, port: 0 });
    if (served.ok || served.error.kind !== 'app') throw new Error('a damaged database was opened');
    expect(served.error.refusal).toMatchObject({ code: 'DATABASE_DAMAGED' });

    const host = await serveRefusal(served.error.refusal, { pageFolder, port: 0 });
    if (!host.ok) throw new Error(host.error.kind);
    onTestFinished(() => host.value.close());
    const { origin, secret } = host.value;
    expect(await (await fetch(`${origin}/`)).text()).toContain('<title>Loket</title>');
    const ask = async (body: string): Promise<unknown> => {
      const headers = { origin, 'x-loket-secret': secret, 'content-type': 'application/json' };
      return await (await fetch(`${origin}/rpc`, { method: 'POST', headers, body })).json();
    };
    const refused = { ok: false, error: { code: 'DATABASE_DAMAGED' } };
    expect(await ask(JSON.stringify({ id: '7', method: 'counter.status', input: {} }))).toMatchObject({
      id: '7',
      ...refused,
    });
    expect(await ask('{}')).toMatchObject({ id: '', ...refused });
  });

  it('needs its screens to be built', async () => {
    const refusal = { code: 'DATABASE_FROM_FUTURE' } as const;
    const host = await serveRefusal(refusal, { pageFolder: join(temporaryFolder(), 'none'), port: 0 });
    expect(host).toMatchObject({ ok: false, error: { kind: 'page-not-built' } });
  });
});
