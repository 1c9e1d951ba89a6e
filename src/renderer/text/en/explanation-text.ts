export const WHY_TEXT = {
  title: 'Why this amount',
  rule: 'Rule',
  basis: 'Legal basis',
  beneficiary: 'For',
  waived: 'Waived',
  close: 'Close',
  period: 'Tax period due',
  recipients: 'Who gets what',
};
