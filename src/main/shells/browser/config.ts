/** The environment of this program, for the search of a browser and of a display; read here and nowhere else. */
export function machineEnvironment(): Readonly<Record<string, string | undefined>> {
  return { ...process.env };
}
