import { listed, suggestion } from '../nearest-name';
import type { Problems } from '../problem';
import { checkText, grouped } from '../text';

export interface NumberRule {
  /** What the number is, with its unit: "a number of milliseconds". */
  readonly what: string;
  readonly min?: number;
  /** Exclusive lower bound. */
  readonly above?: number;
  readonly max: number;
  readonly integer?: true;
  /** Without it the field is required. */
  readonly default?: number;
}

/**
 * Reads the settings of one object of an untrusted input and reports everything that is wrong with them.
 *
 * Every reader returns a usable value even after a problem, so that the rest can be checked too; the caller
 * discards the whole if any problem was found. Call `end` last: it refuses what nobody asked for.
 */
export class Fields {
  private readonly values: Readonly<Record<string, unknown>>;
  private readonly known: string[] = [];

  constructor(
    value: unknown,
    readonly problems: Problems,
  ) {
    this.values = isObject(value) ? value : {};
    if (!isObject(value)) problems.add('WRONG_TYPE', `It must be an object; got ${shown(value)}.`);
  }

  /** The raw value; null and undefined both mean that it was left out. */
  optional(name: string): unknown {
    this.known.push(name);
    return Object.hasOwn(this.values, name) ? (this.values[name] ?? null) : null;
  }

  has(name: string): boolean {
    return this.optional(name) !== null;
  }

  number(name: string, rule: NumberRule): number {
    return readNumber(this.optional(name), rule, this.problems.at(name));
  }

  /** A whole number, also one that comes as a bigint or in decimal digits, as long as a double holds it exactly. */
  wholeNumber(name: string, rule: NumberRule): number {
    return readNumber(fromDigits(this.optional(name)), { ...rule, integer: true }, this.problems.at(name));
  }

  /** True or false; `otherwise` where it was left out or is neither. */
  flag(name: string, { otherwise }: { readonly otherwise: boolean }): boolean {
    const value = this.optional(name) ?? otherwise;
    if (typeof value === 'boolean') return value;
    this.problems.at(name).add('WRONG_TYPE', wrong(value, 'true or false'));
    return otherwise;
  }

  /** Null where it was left out or is no text. */
  text(name: string, charactersMax: number): string | null {
    const value = this.optional(name);
    const place = this.problems.at(name);
    if (value === null) return null;
    if (typeof value === 'string') checkText(place, value, charactersMax);
    else place.add('WRONG_TYPE', wrong(value, 'a text'));
    return typeof value === 'string' ? value : null;
  }

  requiredText(name: string, charactersMax: number): string {
    const text = this.text(name, charactersMax);
    if (text === null && !this.has(name))
      this.problems.at(name).add('REQUIRED', 'It is required: give a text.');
    return text ?? '';
  }

  /** One of the names, `otherwise` where it was left out. */
  oneOf<Name extends string>(name: string, allowed: readonly Name[], otherwise: Name): Name {
    const value = this.optional(name);
    if (value === null) return otherwise;
    const found = allowed.find((candidate) => candidate === value);
    if (found !== undefined) return found;
    const meant = typeof value === 'string' ? suggestion(value, allowed) : '';
    this.problems.at(name).add('UNKNOWN_NAME', wrong(value, `one of ${listed(allowed)}`) + meant);
    return otherwise;
  }

  /** The items of a list with a place for their problems; empty where it was left out. */
  list(name: string, itemsMax: number): readonly { readonly value: unknown; readonly problems: Problems }[] {
    const value = this.optional(name) ?? [];
    const place = this.problems.at(name);
    if (!Array.isArray(value)) place.add('WRONG_TYPE', wrong(value, 'a list'));
    else if (value.length > itemsMax)
      place.add(
        'OUT_OF_RANGE',
        `It has ${grouped(value.length)} items; at most ${grouped(itemsMax)} are allowed.`,
      );
    else return value.map((item: unknown, index) => ({ value: item, problems: place.at(index) }));
    return [];
  }

  /** The items of a list that must be there, as of `list`. */
  requiredList(
    name: string,
    { itemsMin, itemsMax }: { readonly itemsMin: number; readonly itemsMax: number },
  ): ReturnType<Fields['list']> {
    const value = this.optional(name);
    const place = this.problems.at(name);
    if (value === null) place.add('REQUIRED', 'It is required: give a list.');
    if (Array.isArray(value) && value.length < itemsMin)
      place.add('OUT_OF_RANGE', `It has ${value.length} items; give at least ${itemsMin}.`);
    return this.list(name, itemsMax);
  }

  /** The settings of an object inside this one; an empty object where it was left out. */
  inner(name: string): Fields {
    return new Fields(this.optional(name) ?? {}, this.problems.at(name));
  }

  /** The one variant that is present; null, with the problem reported, if there is none or more than one. */
  variant<Name extends string>(allowed: readonly Name[]): Name | null {
    const present = allowed.filter((name) => this.has(name));
    if (present.length === 1) return present[0];
    const got = present.length === 0 ? 'none' : listed(present);
    this.problems.add('EXACTLY_ONE_OF', `Give exactly one of ${listed(allowed)}; got ${got}.`);
    return null;
  }

  end(): void {
    for (const name of Object.keys(this.values)) {
      if (this.known.includes(name) || this.values[name] === undefined) continue;
      const known = [...new Set(this.known)];
      this.problems
        .at(name)
        .add(
          'UNKNOWN_FIELD',
          `There is no such setting; known are ${listed(known)}.${suggestion(name, known)}`,
        );
    }
  }
}

/** The number if the rule allows it, its default where it was left out; usable even after a problem. */
export function readNumber(given: unknown, rule: NumberRule, place: Problems): number {
  const value = given ?? rule.default ?? null;
  if (value === null) place.add('REQUIRED', `It is required: give ${described(rule)}.`);
  else if (typeof value !== 'number') place.add('WRONG_TYPE', wrong(value, described(rule)));
  else if (!allows(rule, value)) place.add('OUT_OF_RANGE', wrong(value, described(rule)));
  else return value;
  return rule.min ?? rule.max;
}

const DIGITS = /^-?(0|[1-9][0-9]{0,38})$/;

/** What is beyond 2⁵³ loses digits here, and its range refuses it: no rule allows so much. */
function fromDigits(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && DIGITS.test(value) ? Number(value) : value;
}

/** "…must be an integer from 1 to 1,000" in the words of the rule. */
function described({ what, min, above, max }: NumberRule): string {
  const from = above === undefined ? `from ${grouped(min ?? 0)}` : `above ${grouped(above)}`;
  return `${what} ${from} to ${grouped(max)}`;
}

function allows(rule: NumberRule, value: number): boolean {
  if (!Number.isFinite(value) || value > rule.max) return false;
  if (rule.integer && !Number.isInteger(value)) return false;
  return rule.above === undefined ? value >= (rule.min ?? 0) : value > rule.above;
}

function wrong(value: unknown, expected: string): string {
  return `It must be ${expected}; got ${shown(value)}.`;
}

/** A value as a message shows it: short, whatever it is. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
