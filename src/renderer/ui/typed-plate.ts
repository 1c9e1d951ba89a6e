/**
 * A plate as it stands in the field while it is typed. No keyboard here has the letter Ø, so an O that is struck through
 * with `/` becomes one, as on the plate itself.
 */
export function typedPlate(text: string): string {
  return text.toUpperCase().replaceAll('O/', 'Ø');
}
