import type { ChecklistLine, ServiceView } from '../../../contract/views-documents.ts';
import { type DocumentRule, isWaived, type WaivedPaper } from '../../../domain/checklist.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { type Service, serviceOff } from '../../../domain/service.ts';

/** A service as screens show it, with the reason why it cannot be chosen today. */
export function serviceView(service: Service, today: LocalDate): ServiceView {
  const { serviceId, version, name, audience, kind, agency, agreement, promisedDays, vehicle, enabled } = service;
  return {
    serviceId,
    version,
    name,
    audience,
    kind,
    agency,
    agreement: agreement === null ? null : { number: agreement.number, to: agreement.to },
    promisedDays,
    vehicle,
    enabled,
    off: serviceOff(service, today),
    fields: service.fields.map((field) => ({ ...field, enum: field.enum === null ? null : [...field.enum] })),
  };
}

/** A paper as the officer ticked it. */
export type Tick = { readonly kind: string; readonly present: boolean; readonly held: boolean };

/** What was done with the papers of one checklist. */
export type PapersDone = {
  readonly documents: readonly Tick[];
  readonly waivers: readonly WaivedPaper[];
  /** Pages in safe keeping, by kind. */
  readonly pages: ReadonlyMap<string, number>;
};

/** A checklist with what was done: the same for a sale and for an application. */
export function checklistLines(checklist: readonly DocumentRule[], done: PapersDone): ChecklistLine[] {
  return checklist.map((rule) => {
    const { kind, label, hint, required, waiver, capture } = rule;
    const tick = done.documents.find((one) => one.kind === kind);
    const waived = done.waivers.find((one) => one.kind === kind);
    const present = tick?.present ?? false;
    return {
      kind,
      label,
      hint,
      required,
      waiver,
      capture,
      present,
      pages: done.pages.get(kind) ?? 0,
      held: present && (tick?.held ?? false),
      waived: !present && waived !== undefined && isWaived(rule, waived) ? waived : null,
    };
  });
}

/** Lines that still stand in the way: asked for, not there, not waived. */
export function missingLines(lines: readonly ChecklistLine[]): readonly ChecklistLine[] {
  return lines.filter((line) => line.required && !line.present && line.waived === null);
}

/** The waivers that an entry carries: those that really let a required paper pass. */
export function waiversOf(lines: readonly ChecklistLine[]): WaivedPaper[] {
  return lines.flatMap((line) => (line.required && line.waived !== null ? [line.waived] : []));
}

/** Papers whose originals stay at the counter. */
export function heldKinds(lines: readonly ChecklistLine[]): string[] {
  return lines.filter((line) => line.held).map((line) => line.kind);
}
