/** Reads JSON from outside; undefined instead of a throw. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (_notJson) {
    return undefined; // what is no JSON has no shape, and the schema says so
  }
}
