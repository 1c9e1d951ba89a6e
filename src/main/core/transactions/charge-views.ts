import { z } from 'zod';
import type { ChargeLineView } from '../../../contract/views-vehicle.ts';
import type { Beneficiary, ChargeExplanation, ChargeLine } from '../../../domain/charge.ts';
import { regencyName } from '../../../domain/regency.ts';
import type { SoldCharge } from '../../../domain/transaction.ts';

type Explained = Readonly<Record<string, string | number | boolean | null>>;

const BENEFICIARY_NAMES = { province: 'Provinsi Jawa Timur', 'jasa-raharja': 'Jasa Raharja' } as const;

/** A beneficiary as screens and reports name it. */
export function beneficiaryView(beneficiary: Beneficiary): {
  kind: Beneficiary['kind'];
  code: string | null;
  name: string;
} {
  if (beneficiary.kind === 'regency') {
    return { kind: 'regency', code: beneficiary.code, name: regencyName(beneficiary.code) };
  }
  return { kind: beneficiary.kind, code: null, name: BENEFICIARY_NAMES[beneficiary.kind] };
}

const plainSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const nestedSchema = z.record(z.string(), plainSchema);

/** Flattens the figures behind a line into plain values; lists become texts, nested values dotted keys. */
function explained(explanation: ChargeExplanation): Explained {
  const flat: Record<string, string | number | boolean | null> = {};
  for (const [key, value] of Object.entries<unknown>({ ...explanation })) {
    const plain = plainSchema.safeParse(value);
    if (plain.success) flat[key] = plain.data;
    else if (Array.isArray(value)) flat[key] = z.array(nestedSchema).parse(value).map(joined).join('; ');
    else for (const [inner, one] of Object.entries(nestedSchema.parse(value))) flat[`${key}.${inner}`] = one;
  }
  return flat;
}

function joined(values: Explained): string {
  return Object.values(values).join(' · ');
}

/** Charge lines as screens and papers explain them; `known` are the figures of this counter's own reckoning. */
export function chargeLineViews(lines: readonly SoldCharge[], known: readonly ChargeLine[]): ChargeLineView[] {
  return lines.map((line) => {
    // The province's figure is explained by the local reckoning only where both agree.
    const local = known.find(
      (one) => one.component === line.component && one.periodDueOn === line.periodDueOn && one.amount === line.amount,
    );
    return {
      component: line.component,
      periodDueOn: line.periodDueOn,
      beneficiary: beneficiaryView(line.beneficiary),
      amount: line.amount,
      waived: line.waived,
      rule: line.rule,
      basis: line.basis,
      explanation: local === undefined ? { kind: 'province' } : explained(local.explanation),
    };
  });
}
