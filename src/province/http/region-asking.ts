import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { localDateAt } from '../../domain/local-date.ts';
import type { ProvinceContext } from '../province-context.ts';
import { askingSupervisor, type Principals } from '../region/scope.ts';
import { deviceOfRequest } from './device-auth.ts';
import { ProvinceRefusal } from './province-error.ts';

/** An answer of the contract: its brands are read and not written, so the asking side parses it. */
export const told = (name: string) => z.looseObject({}).describe(name);

/** Who asks about a region: the supervisor of the signing device, with what is his. */
export type Asking = { readonly principals: Principals; readonly deviceId: string };

/** The supervisor behind a signed request; refused where the device is not appointed to him. */
export async function askingOf(
  context: ProvinceContext,
  request: FastifyRequest,
  supervisorId: string,
): Promise<Asking> {
  const { deviceId } = await deviceOfRequest(context, request);
  const asked = await askingSupervisor(context.db, deviceId, supervisorId, localDateAt(context.now()));
  if (!asked.ok) throw new ProvinceRefusal(asked.error);
  return { principals: asked.value, deviceId };
}
