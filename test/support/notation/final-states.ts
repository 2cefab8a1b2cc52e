import type { FinalState, WriteId } from '../../../src/model/observer';
import type { Value } from '../../../src/model/value';
import { compareVersions, isVectorVersion, type Version } from '../../../src/model/version';
import type { Drafts } from './drafts';
import { FINDING, findingOf } from './values';
import { keyOf } from './words';

interface Held {
  readonly version: Version | null;
  readonly value: Value;
}

/** What a word says of a node: `0:x=5,y=-{0,2}`; `heldAnyway` are the writes it holds if it says nothing of them. */
export function finalStateOf(
  word: string,
  drafts: Drafts,
  heldAnyway: (node: number) => readonly number[],
): FinalState {
  const parts = STATE.exec(word);
  if (parts === null) throw new Error(`not a final state: ${word}`);
  const [, nodeDigit, keys, writes] = parts as readonly (string | undefined)[];
  const node = Number(nodeDigit);
  if ((keys ?? '').replace(KEY, '').replaceAll(',', '') !== '')
    throw new Error(`not the keys of a node: ${word}`);
  const held = new Map<number, Held>();
  for (const [, letter, ...found] of (keys ?? '').matchAll(KEY)) {
    const key = keyOf(letter);
    held.set(key, drafts.found(key, findingOf(found)));
  }
  const ids = writes === undefined ? heldAnyway(node) : [...writes.matchAll(/\d+/g)].map(Number);
  return new ToldState(node, held, new Set(ids), drafts);
}

const KEY = new RegExp(`([a-z])=${FINDING}`, 'g');
const STATE = /^(\d)(?::([a-z]=(?:#\{[\d,]*\}|#(?!\{)|[^{}#])*))?(?:\{([\d,]*)\})?$/;

class ToldState implements FinalState {
  private handedOver: Version | null = null;

  constructor(
    readonly node: number,
    private readonly held: ReadonlyMap<number, Held>,
    private readonly writes: ReadonlySet<number>,
    private readonly drafts: Drafts,
  ) {}

  /** Who asks about a write must know its key and version. */
  holds({ operation, key, version }: WriteId): boolean {
    const known = this.drafts.writeId(operation);
    if (known.key !== key || compareVersions(known.version, version) !== 'EQUAL')
      throw new Error(`operation ${operation} was asked for with the key or the version of another`);
    return this.writes.has(operation);
  }

  versionOf(key: number): Version | null {
    spoil(this.handedOver);
    const version = this.held.get(key)?.version ?? null;
    this.handedOver = lent(version);
    return this.handedOver;
  }

  valueFor(key: number): Value {
    return this.held.get(key)?.value ?? null;
  }
}

/** A version in an object that the engine may use again. */
export function lent(version: Version | null): Version | null {
  if (version === null) return null;
  return isVectorVersion(version) ? { vector: [...version.vector] } : { ...version };
}

/** Whoever kept it is found out. */
export function spoil(version: Version | null): void {
  if (version === null) return;
  if (isVectorVersion(version)) (version.vector as number[]).fill(NaN);
  else for (const field of Object.keys(version)) (version as unknown as Record<string, number>)[field] = NaN;
}
