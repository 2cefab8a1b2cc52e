import type { Value } from '../../../src/model/value';
import { compareVersions, isLogVersion, isVectorVersion, type Version } from '../../../src/model/version';

/** `5`, `2.5`, `[2,1]`, `~5:1`; `-` is absent. */
export const VERSION = String.raw`-|(?:\d+\.)?\d+|\[\d+(?:,\d+)*\]|~\d+:\d`;
/** A version, and perhaps who wrote it and what value it is: `5@2#-3`, `#` nothing, `#{1,2}` a set. */
export const FINDING = String.raw`(${VERSION})(?:@(\d+))?(?:#(-?\d+|\{[\d,]*\})?())?`;

/** What a read or a final state shows of a key, as far as it is said. */
export interface Finding {
  readonly version: Version | null;
  readonly writer: number | null;
  /** Left out: that of the writer. */
  readonly value?: Value;
}

export function findingOf(parts: readonly (string | undefined)[]): Finding {
  const [version, writer, value, isSaid] = parts;
  const found = { version: versionOf(version), writer: writer === undefined ? null : Number(writer) };
  return isSaid === undefined ? found : { ...found, value: valueOf(value) };
}

/** Of last-write-wins without its operation: `writtenBy` says it. */
export function versionOf(word: string | undefined): Version | null {
  if (word === undefined || word === '-') return null;
  if (word.startsWith('[')) return { vector: word.slice(1, -1).split(',').map(Number) };
  if (word.startsWith('~')) {
    const [timestampMs, node] = word.slice(1).split(':').map(Number);
    return { timestampMs, node, operation: NOBODY };
  }
  const [lsn, epoch] = word.split('.').map(Number).reverse();
  return { epoch: epoch ?? 1, lsn };
}

/** The version in full: that of last-write-wins names the operation that wrote it. */
export function writtenBy(version: Version | null, operation: number | null): Version | null {
  if (version === null || isLogVersion(version) || isVectorVersion(version)) return version;
  return { ...version, operation: operation ?? NOBODY };
}

/** Whether they are equal, but for the operation that a version of last-write-wins names. */
export function isSameVersion(one: Version | null, other: Version | null): boolean {
  return compareVersions(writtenBy(one, NOBODY), writtenBy(other, NOBODY)) === 'EQUAL';
}

function valueOf(word: string | undefined): Value {
  if (word === undefined) return null;
  if (!word.startsWith('{')) return Number(word);
  return [...word.matchAll(/\d+/g)].map(([item]) => Number(item));
}

const NOBODY = -1;
