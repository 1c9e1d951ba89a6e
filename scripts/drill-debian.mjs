// `npm run drill:debian` (root, Debian or Ubuntu, `debootstrap`, Debian's mirror; minutes): installs the Debian package in a
// clean root, starts it under its own user as its unit does, enrols it at a demo province, sells, tries to remove it while
// money is unsent, sends, removes it, and looks at what stayed. Prints one line of JSON for each step; exit 1 at the first
// that is not as it must be. `--base DIR` keeps the clean root for the next run.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { ROOT } from './package-tree.mjs';
import { run, serve, today } from './screenshot-world.mjs';

const MIRROR = 'http://deb.debian.org/debian';
const DATA = '/var/lib/loket-opop/counter';
const ADDRESS = '/run/loket-opop/address';
const PLATE = 'AG 2345 KD';
const TAIL = '10001';
const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const say = (step, facts = {}) => process.stdout.write(`${JSON.stringify({ step, ...facts })}\n`);

/** The clean root, and how programs run in it: as root, or as the counter's own user. */
function inside(root) {
  const env = { PATH: SYSTEM_PATH, LANG: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' };
  const asLoket = ['setpriv', '--reuid=loket', '--regid=loket', '--init-groups', '--'];
  return {
    root: (...command) => spawnSync('chroot', [root, ...command], { env, encoding: 'utf8' }),
    loket: (command, input = '') =>
      spawnSync('chroot', [root, ...asLoket, ...command], { env, input, encoding: 'utf8' }),
    start: (command) => spawn('chroot', [root, ...asLoket, ...command], { env, stdio: ['ignore', 'pipe', 'inherit'] }),
  };
}

const done = (answer) => {
  assert.equal(answer.status, 0, `${answer.stdout}${answer.stderr}`);
  return answer.stdout;
};
const linesOf = (text) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** What the unit starts, word for word: the drill has no systemd, the unit is checked by systemd-analyze. */
function execStart(root) {
  const unit = fs.readFileSync(path.join(root, 'usr/lib/systemd/system/loket-opop.service'), 'utf8');
  return /^ExecStart=(.*)$/mu.exec(unit)[1].split(' ');
}

async function startCounter(place, root) {
  const began = performance.now();
  const child = place.start(execStart(root));
  // However the drill ends, nothing of it runs on.
  process.once('exit', () => child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const readyMs = Math.round(performance.now() - began);
  assert.match(JSON.parse(line).url, /^http:\/\/127\.0\.0\.1:/u, line);
  const stop = async () => {
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null], 'a stop in its own order');
  };
  return { url: JSON.parse(line).url, readyMs, stop };
}

/** A whole sale by the procedures that the screens call, through the running counter's own door. */
async function sell(place) {
  const talk = (calls) => {
    const input = calls.map((call, id) => JSON.stringify({ id, ...call })).join('\n');
    const answers = linesOf(
      done(
        place.loket(
          ['loket', 'call', '--data', DATA, '--as', 'petugas-1', '--pin-file', '/var/lib/loket-opop/pin'],
          `${input}\n`,
        ),
      ),
    );
    return answers.map(({ ok, value, error }) => {
      assert.ok(ok, JSON.stringify(error));
      return value;
    });
  };
  talk([{ method: 'cash-session.open', input: { float: [] } }]);
  const [[card]] = talk([{ method: 'vehicles.find', input: { text: PLATE } }]);
  const [{ transactionId }] = talk([{ method: 'transactions.begin', input: { vehicleId: card.vehicleId } }]);
  const [{ documents }] = talk([{ method: 'transactions.confirm', input: { transactionId, chassisTail: TAIL } }]);
  const ticks = documents.map(({ kind }) => ({ kind, present: true }));
  const payer = { transactionId, name: 'Budi', phone: null, blankReason: null, isOwner: true };
  const [, { amount }] = talk([
    { method: 'transactions.set-documents', input: { transactionId, documents: ticks } },
    { method: 'transactions.set-payer', input: payer },
  ]);
  const { payable } = amount;
  const [paid] = talk([
    { method: 'transactions.pay', input: { transactionId, tendered: payable, expectedPayable: payable } },
  ]);
  return { receiptNumber: paid.receiptNumber, payable };
}

const unsentIn = (place) => {
  const { status, stdout } = place.loket(['loket', 'status', '--data', DATA, '--unsent']);
  return { status, ...JSON.parse(stdout) };
};

async function drill(root, deb, province, provinceArgs, work) {
  const place = inside(root);
  const file = path.basename(deb);
  fs.copyFileSync(deb, path.join(root, 'tmp', file));
  const began = performance.now();
  // As docs/runbook/komputer.md has it. With a line the browser comes along, after a question; without one nothing is
  // fetched, so nothing is asked.
  const withBrowser = place.root('sh', '-c', `cd /tmp && apt install --simulate ./${file}`);
  assert.match(done(withBrowser), /^Inst chromium /mu);
  done(place.root('sh', '-c', `cd /tmp && apt install --no-install-recommends ./${file}`));
  const installMs = Math.round(performance.now() - began);
  const kilobytes = Number(/^Installed-Size: (\d+)$/mu.exec(done(place.root('dpkg', '-s', 'loket-opop')))[1]);
  const owner = done(place.root('stat', '-c', '%U %a', '/var/lib/loket-opop')).trim();
  assert.equal(owner, 'loket 700');
  say('installed', { installMs, installedMegabytes: Math.round(kilobytes / 1024), folder: owner });

  const rows = await run('province', [
    'demo-data',
    '--vehicles',
    '200',
    '--seed',
    '1',
    '--today',
    today,
    '--data',
    work,
  ]);
  const { pin } = rows.find((row) => row.kind === 'officer' && row.officerId === 'petugas-1');
  const [{ code }] = await run('province', ['enrolment-code', '--outlet', '3506-017', '--data', work]);
  fs.writeFileSync(path.join(root, 'var/lib/loket-opop/pin'), `${pin}\n`);
  done(place.root('chown', 'loket:loket', '/var/lib/loket-opop/pin'));
  const enrol = ['loket', 'enrol', '--data', DATA, '--key-store', 'demo', '--province', province.url, '--code', code];
  say('enrolled', linesOf(done(place.loket(enrol)))[0]);

  done(place.root('install', '-d', '-o', 'loket', '-g', 'loket', '-m', '0750', '/run/loket-opop'));
  const counter = await startCounter(place, root);
  const address = done(place.root('stat', '-c', '%U:%G %a', ADDRESS)).trim();
  assert.equal(address, 'loket:loket 640');
  const page = await fetch(new URL('/', counter.url));
  assert.equal(page.status, 200);
  say('started', { startMs: counter.readyMs, address, page: page.status });

  await province.stop();
  const paid = await sell(place);
  const waiting = unsentIn(place);
  assert.equal(waiting.status, 2);
  say('sold without a line', { ...paid, unsent: waiting.unsent });

  const refused = place.root('dpkg', '-r', 'loket-opop');
  assert.notEqual(refused.status, 0, 'the package was removed while money is unsent');
  assert.match(refused.stderr, /belum diterima Bapenda/u);
  // dpkg notes the wish, and that the package is there, whole and configured.
  assert.match(done(place.root('dpkg', '-s', 'loket-opop')), /^Status: deinstall ok installed$/mu);
  assert.equal(fs.existsSync(path.join(root, 'opt/loket-opop/bin/loket')), true);
  say('removal refused', { says: refused.stderr.split('\n')[0] });

  const again = await serve('province', [...provinceArgs, '--port', new URL(province.url).port]);
  try {
    done(place.loket(['loket', 'sync', '--data', DATA, '--timeout', '60']));
    assert.equal(unsentIn(place).status, 0);
    const [verified] = linesOf(done(place.loket(['loket', 'verify', '--data', DATA])));
    assert.equal(verified.ok, true);
    say('sent and verified', { entries: verified.entries });
    await counter.stop();
    assert.equal(fs.existsSync(path.join(root, ADDRESS)), false);

    done(place.root('dpkg', '-r', 'loket-opop'));
    assert.equal(fs.existsSync(path.join(root, 'opt/loket-opop')), false);
    const [kept] = await run('loket', ['verify', '--data', path.join(root, DATA)]);
    // The counter signed its officer out when it was stopped.
    assert.equal(kept.ok, true);
    assert.ok(kept.entries >= verified.entries);
    say('removed, data kept', { entries: kept.entries });

    // Put back, the same data goes on.
    done(place.root('dpkg', '-i', `/tmp/${file}`));
    const second = await startCounter(place, root);
    await second.stop();
    say('installed again over the data', { startMs: second.readyMs });
    done(place.root('dpkg', '--purge', 'loket-opop'));
    assert.equal(fs.existsSync(path.join(root, DATA, 'counter.sqlite')), true);
    say('purged, journal kept');
  } finally {
    await again.stop();
  }
}

/** A package must not go onto a machine below the minimum, and nothing may be left of the try. */
function tryBelowMinimum(root, deb) {
  const place = inside(root);
  const release = path.join(root, 'etc/os-release');
  const [target, real] = [fs.realpathSync(release), fs.readFileSync(release, 'utf8')];
  fs.copyFileSync(deb, path.join(root, 'tmp', 'loket.deb'));
  try {
    fs.writeFileSync(target, 'ID=debian\nVERSION_ID="10"\nPRETTY_NAME="Debian 10 (buster)"\n');
    const tried = place.root('dpkg', '-i', '/tmp/loket.deb');
    assert.notEqual(tried.status, 0);
    assert.match(tried.stderr, /Debian 12 atau lebih baru; terpasang Debian 10/u);
    assert.equal(fs.existsSync(path.join(root, 'opt/loket-opop')), false);
    say('refused below the minimum');
  } finally {
    fs.writeFileSync(target, real);
  }
  place.root('dpkg', '--purge', '--force-all', 'loket-opop');
}

const { values } = parseArgs({ options: { base: { type: 'string' }, package: { type: 'string' } } });
assert.equal(process.getuid(), 0, 'a clean root is made and entered by root only');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'loket-drill-'));
const base = path.resolve(values.base ?? path.join(work, 'base'));
const root = path.join(work, 'root');
if (!fs.existsSync(path.join(base, 'etc/os-release'))) {
  execFileSync('debootstrap', ['--variant=minbase', 'bookworm', base, MIRROR], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
execFileSync('cp', ['-a', '--reflink=auto', base, root]);
const packed =
  values.package ??
  JSON.parse(
    execFileSync(
      process.execPath,
      [path.join(ROOT, 'scripts/package-debian.mjs'), '--quick', '--out', path.join(work, 'dist')],
      { encoding: 'utf8' },
    ),
  ).file;
execFileSync('mount', ['-t', 'proc', 'proc', path.join(root, 'proc')]);
const provinceData = path.join(work, 'province');
const provinceArgs = ['serve', '--data', provinceData, '--booking-delay', '500'];
try {
  tryBelowMinimum(root, packed);
  const province = await serve('province', provinceArgs);
  await drill(root, packed, province, provinceArgs, provinceData);
} finally {
  execFileSync('umount', [path.join(root, 'proc')]);
  fs.rmSync(work, { recursive: true, force: true });
}
