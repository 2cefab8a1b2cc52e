import type { RunOutline } from '../model/observer';
import type { Operation } from '../model/operation';
import { grouped } from '../model/text';
import { isLogVersion, isVectorVersion, type Version } from '../model/version';

type Who = Pick<Operation, 'session' | 'client'>;

/** "session 12 (us-west)"; without the place in a cluster that has no datacenters. */
export function sessionName(outline: RunOutline, { session, client }: Who): string {
  const datacenter = outline.clientDatacenters[client] ?? null;
  return datacenter === null ? `session ${session}` : `session ${session} (${datacenter})`;
}

/** The node that answered. */
export function nodeName(outline: RunOutline, { node }: Pick<Operation, 'node'>): string {
  return node === null ? 'an unknown node' : outline.nodes[node];
}

/** "version 118 (epoch 1)"; "version [2, 1]" of a vector; "the version of 4.0 ms (node 1)" of last-write-wins. */
export function versionName(version: Version | null): string {
  if (version === null) return 'no value';
  if (isLogVersion(version)) return `version ${version.lsn} (epoch ${version.epoch})`;
  if (isVectorVersion(version)) return `version [${version.vector.join(', ')}]`;
  return `the version of ${time(version.timestampMs)} (node ${version.node}, operation ${version.operation})`;
}

/** "19,950.2 ms"; under a millisecond "0.053 ms", so that a short time does not read as none. */
export function time(ms: number): string {
  const digits = Math.abs(ms) < 1 ? 3 : 1;
  return `${grouped(ms.toFixed(digits))} ms`;
}

/** A sentence's first letter. */
export function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** What the read of a witness got, as the words after "it got". */
export function answer(outline: RunOutline, read: Operation): string {
  const from = `from ${nodeName(outline, read)}`;
  if (read.version === null) return `the answer ${from} that the key does not exist`;
  return `${versionName(read.version)} ${from}`;
}

/** "Any correct answer is version 131 (epoch 1) or newer." */
export function correctAnswer(version: Version | null): string {
  return `Any correct answer is ${versionName(version)} or newer.`;
}
