/** What is wrong with an input, in a form that every door (GraphQL, command line, worker) can show. */

export const PROBLEM_CODES = [
  'REQUIRED',
  'WRONG_TYPE',
  'UNKNOWN_FIELD',
  'BLANK',
  'TOO_LONG',
  'INVALID_CHARACTER',
  'DUPLICATE_NAME',
  'OUT_OF_RANGE',
  'BUDGET_EXCEEDED',
  'UNKNOWN_NAME',
  'EXACTLY_ONE_OF',
  'CONFLICTING_SETTINGS',
  'MISSING_LINK',
  'SELF_LINK',
  'DUPLICATE_LINK',
  'FAULT_AFTER_END',
  'OVERLAPPING_SIDES',
  'INVALID_SEED',
  'NOT_FOUND',
  'NOT_SUPPORTED',
  'IDEMPOTENCY_KEY_MISMATCH',
  'ALREADY_TERMINAL',
  'ALREADY_PAUSED',
  'NOT_PAUSED',
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** A place in an input: field names and list indexes from the root of the input. */
export type Path = readonly (string | number)[];

export interface Problem {
  readonly code: ProblemCode;
  readonly path: Path;
  /** What is wrong, what is allowed, what to give instead: one or two sentences. */
  readonly message: string;
}

export const WARNING_CODES = [
  'NO_FAILOVER',
  'TIMEOUT_BELOW_LATENCY',
  'TOO_FEW_SAMPLES',
  'OVERLOADED_NODE',
  'FAULT_WITHOUT_EFFECT',
  'FAULT_UNNOTICED',
  'FAULT_BELOW_DETECTION',
  'DETECTION_BELOW_HEARTBEAT',
  'WAITS_FOR_NOBODY',
  'ELECTION_MAY_MISS_WRITES',
  'WRITES_BLOCKED',
] as const;

export type WarningCode = (typeof WARNING_CODES)[number];

/** Something that is allowed and likely to surprise. */
export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
}

/** Collects all problems of an input; `at` gives a collector for a place further in. */
export class Problems {
  private constructor(
    private readonly found: Problem[],
    private readonly path: Path,
  ) {}

  static none(): Problems {
    return new Problems([], []);
  }

  get all(): readonly Problem[] {
    return this.found;
  }

  get count(): number {
    return this.found.length;
  }

  at(...steps: Path): Problems {
    return new Problems(this.found, [...this.path, ...steps]);
  }

  add(code: ProblemCode, message: string): void {
    this.found.push({ code, path: this.path, message });
  }
}
