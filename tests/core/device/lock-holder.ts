// Takes a data folder, opens a door, says so, and waits to be killed.
import { lockData } from '../../../src/main/core/device/data-lock.ts';
import { valueOf } from '../../support/opened-database.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('lock-holder needs a folder');

const lock = valueOf(lockData(folder));
await lock.openDoor({ pid: process.pid, url: 'http://127.0.0.1:1/rpc', secret: 'geheim' });
process.stdout.write('held\n');
setInterval(() => undefined, 60_000);
