import { z } from 'zod';
import { statusViewSchema } from '../../contract/views-counter.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { CounterApp } from '../core/app-interface.ts';
import { DEMO_OUTLET_ID } from './demo-data.ts';
import { type ProvincePlace, runProvinceCommand } from './province-command.ts';

const codeSchema = z.object({ code: z.string() });
const enrolledSchema = z.object({ deviceId: z.string() });

/** What the counter says of itself: whether it is enrolled, and where its province is. */
export async function enrolmentOf(
  app: Pick<CounterApp, 'dispatch'>,
): Promise<{ readonly enrolled: boolean; readonly provinceUrl: string | null }> {
  const answer = await app.dispatch({ id: 'start-status', method: 'counter.status', input: {} });
  if (!answer.ok) throw new Error(`counter.status was refused: ${answer.error.code}`);
  const { enrolled, line } = statusViewSchema.parse(answer.value);
  return { enrolled, provinceUrl: line.provinceUrl };
}

/**
 * Fetches a one-time code from the province and enrols the counter through the same door as an installer; one that is a
 * supervisor's own is appointed to him.
 */
export async function enrolCounter(
  app: Pick<CounterApp, 'dispatch'>,
  place: ProvincePlace,
  provinceUrl: string,
  supervisorId: string | null,
): Promise<Result<void, string>> {
  const issued = await runProvinceCommand(place, ['enrolment-code', '--outlet', DEMO_OUTLET_ID]);
  if (!issued.ok) return issued;
  const line = codeSchema.safeParse(issued.value[0]);
  if (!line.success) return err('the province printed no code');
  const input = { provinceUrl, code: line.data.code };
  const answer = await app.dispatch({ id: 'start-enrol', method: 'enrolment.enrol', input });
  if (!answer.ok) return err(answer.error.code);
  if (supervisorId === null) return ok(undefined);
  const { deviceId } = enrolledSchema.parse(answer.value);
  const appointment = ['supervisor-device', '--supervisor', supervisorId, '--device', deviceId];
  const appointed = await runProvinceCommand(place, appointment);
  return appointed.ok ? ok(undefined) : appointed;
}
