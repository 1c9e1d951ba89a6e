/** A refused request of the command line: printed as `{"error": ...}`, exit code 2. */
export class CliRefusal extends Error {
  override readonly name = 'CliRefusal';
  readonly code: string;
  readonly path: string | null;

  constructor(code: string, message: string, path: string | null = null) {
    super(message);
    this.code = code;
    this.path = path;
  }
}
