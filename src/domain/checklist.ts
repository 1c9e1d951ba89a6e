/** Name of a kind of paper; the service packs say which kinds exist. */
export type DocumentKind = string;

/** A fact of a request on which a paper may depend. */
export type DocumentCondition = 'person-owner' | 'company-owner' | 'represented' | 'financed' | 'not-financed';

/** Who may let a missing required paper pass. */
export type WaiverRule = 'never' | 'officer' | 'supervisor';

/** One line of a service's checklist. */
export interface DocumentRule {
  readonly kind: DocumentKind;
  readonly label: string;
  readonly hint: string | null;
  readonly required: boolean;
  /** All must hold; none: the paper is always asked for. */
  readonly when: readonly DocumentCondition[];
  readonly waiver: WaiverRule;
  readonly retention: 'identity' | 'vehicle' | 'authority' | 'other';
  readonly capture: 'asked' | 'possible' | 'never';
}

/** Who owns, who stands at the counter, and with whom the BPKB lies. */
export interface ChecklistFacts {
  readonly ownerKind: 'person' | 'company';
  readonly represented: boolean;
  readonly financed: boolean;
}

/** A paper that was asked for and not brought, and who let it pass. */
export interface WaivedPaper {
  readonly kind: DocumentKind;
  readonly reason: string;
  /** The supervisor where the pack wants one. */
  readonly approvedBy: string | null;
}

function holds(condition: DocumentCondition, facts: ChecklistFacts): boolean {
  return {
    'person-owner': facts.ownerKind === 'person',
    'company-owner': facts.ownerKind === 'company',
    represented: facts.represented,
    financed: facts.financed,
    'not-financed': !facts.financed,
  }[condition];
}

/** The papers that are asked for in this case, in the order of the pack. */
export function checklistFor(rules: readonly DocumentRule[], facts: ChecklistFacts): readonly DocumentRule[] {
  return rules.filter((rule) => rule.when.every((condition) => holds(condition, facts)));
}

/** Whether a waiver stands for its paper: the pack allows it, a reason is given, and a supervisor approved where he must. */
export function isWaived(rule: DocumentRule, waiver: WaivedPaper | undefined): boolean {
  if (waiver?.kind !== rule.kind || waiver.reason.trim() === '') return false;
  return mayWaive(rule, waiver.approvedBy) === 'ALLOWED';
}

/** Whether a missing paper may be let pass; only what is required can be. `approvedBy` is a supervisor whose PIN was right. */
export function mayWaive(
  rule: Pick<DocumentRule, 'required' | 'waiver'>,
  approvedBy: string | null,
): 'ALLOWED' | 'WAIVER_NOT_ALLOWED' | 'WAIVER_NEEDS_SUPERVISOR' {
  if (!rule.required || rule.waiver === 'never') return 'WAIVER_NOT_ALLOWED';
  return rule.waiver === 'supervisor' && approvedBy === null ? 'WAIVER_NEEDS_SUPERVISOR' : 'ALLOWED';
}

/** The required papers of a checklist that are neither there nor rightly waived. */
export function missingPapers(
  checklist: readonly DocumentRule[],
  isPresent: (kind: DocumentKind) => boolean,
  waivers: readonly WaivedPaper[],
): readonly DocumentRule[] {
  return checklist.filter(
    (rule) =>
      rule.required &&
      !isPresent(rule.kind) &&
      !isWaived(
        rule,
        waivers.find((one) => one.kind === rule.kind),
      ),
  );
}

/** The same checklist where the agency has asked for papers: those are required now and no waiver helps. */
export function withAskedFor(
  checklist: readonly DocumentRule[],
  asked: readonly DocumentKind[],
): readonly DocumentRule[] {
  const unknown = [...new Set(asked)].filter((kind) => !checklist.some((rule) => rule.kind === kind));
  return [
    ...checklist.map(
      (rule): DocumentRule => (asked.includes(rule.kind) ? { ...rule, required: true, waiver: 'never' } : rule),
    ),
    ...unknown.map(
      (kind): DocumentRule => ({
        kind,
        label: kind,
        hint: null,
        required: true,
        when: [],
        waiver: 'never',
        retention: 'other',
        capture: 'possible',
      }),
    ),
  ];
}
