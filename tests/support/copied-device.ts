import type { FastifyInstance } from 'fastify';
import { TestDevice } from './test-device.ts';

/** A second copy of a device, as an image or a stolen disk is: the same keys, its journal up to a place. */
export function copyOf(server: FastifyInstance, device: TestDevice, entries: number): TestDevice {
  const copy = new TestDevice(server, device.signing, device.sealing, device.enrolment);
  copy.epoch = device.epoch;
  copy.hello = device.hello;
  copy.chain.push(...device.chain.slice(0, entries));
  return copy;
}
