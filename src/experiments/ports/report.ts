/** Where use cases report what an operator should know; the roots give a logger. */
export interface Report {
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
}
