import type { Notice, NoticeKind, RunOutline } from '../../model/observer';
import { grouped } from '../../model/text';

/** The names of the node and of the other one, and the figures. */
type Sentence = (node: string, about: string, figures: readonly number[]) => string;

const SENTENCES: Readonly<Record<NoticeKind, Sentence>> = {
  DECLARED_DEAD: (node, about) => `${node} heard nothing of ${about} for too long and declared it dead`,
  ELECTED: (node, about) => `${node} was chosen to follow ${about} as the leader`,
  BEGAN_TO_LEAD: (node, _, [epoch]) => `${node} began to lead in epoch ${epoch}`,
  STEPPED_DOWN: (node, about, [epoch]) =>
    `${node} gave up the lead, for it heard of ${about}, which led in epoch ${epoch}`,
  CUT_POWER: (node, about) => `${node} cut off the power of ${about}`,
  TAIL_DISCARDED: (node, _, [first, last]) => `${node} threw away ${rangeName(first, last)}`,
  SEMI_SYNC_OFF: (node) => `${node} no longer waits for followers`,
  SEMI_SYNC_ON: (node) => `${node} waits for followers again`,
  FULL_COPY_BEGAN: (node, about, [bytes]) =>
    `${node} asked ${about} for a copy of all its data, ${grouped(bytes)} bytes`,
  FULL_COPY_ENDED: (node, about) => `${node} had the copy of all data of ${about}`,
  REWIND_BEGAN: (node, about, [bytes]) =>
    `${node} asked ${about} for what it had changed itself, ${grouped(bytes)} bytes`,
  REWIND_ENDED: (node, about) => `${node} was as ${about} had been where their logs parted`,
  INCOMPATIBLE: (node, about) => `${node} could not apply the log of ${about}, which ran another version`,
  COMPATIBLE: (node, about) => `${node} could apply the log of ${about} again`,
};

/** What a protocol did, as a sentence without its full stop. */
export function noticeSentence(
  { kind, node, about, figures, shard }: Notice,
  { nodes, shardOf }: Pick<RunOutline, 'nodes' | 'shardOf'>,
): string {
  const other = about === null ? 'another node' : nodes[about];
  const sentence = SENTENCES[kind](nodes[node], other, figures);
  return shardOf === undefined ? sentence : `${sentence} (shard ${shard})`;
}

function rangeName(first: number, last: number): string {
  return first === last ? `LSN ${first}` : `LSN ${first} to ${last}`;
}
