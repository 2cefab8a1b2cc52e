import type { FaultKind } from '../../model/observer';

type Sentence = (nodes: string, text: readonly string[]) => string;

const SENTENCES: Readonly<Record<FaultKind, Sentence>> = {
  CRASH: (nodes) => `${nodes} crashed`,
  UPGRADE: (nodes) => `${nodes} was shut down for its upgrade`,
  FENCED: (nodes) => `${nodes} was fenced: its power was cut off`,
  RESTART: (nodes) => `${nodes} restarted`,
  CAUGHT_UP: (nodes) => `${nodes} had caught up with all it had missed`,
  PAUSE: (nodes) => `${nodes} stood still`,
  RESUME: (nodes) => `${nodes} went on`,
  PARTITION: (_, [where]) => `Nothing got through ${where}`,
  HEAL: (_, [where]) => `Messages got through again ${where}`,
  SLOW_LINK: (_, [where, factor, extraMs]) => `Messages ${where} took ${slower(Number(factor), extraMs)}`,
  LOSSY_LINK: (_, [where, loss, duplication]) =>
    `Messages ${where}: ${percent(loss)} lost, ${percent(duplication)} sent twice`,
  LINK_RESTORED: (_, [where, what]) =>
    `Messages ${where} were ${what === 'slow' ? 'as fast' : 'as safe'} as before`,
  SLOW_DISK: (nodes, [factor]) => `The disk of ${nodes} took ${factor} times as long`,
  DISK_RESTORED: (nodes) => `The disk of ${nodes} was as before`,
  CLOCK_SKEW: (nodes, [aheadMs, driftPpm]) => `The clock of ${nodes} was ${wrong(Number(aheadMs), driftPpm)}`,
  CLOCK_CORRECTED: (nodes) => `The clock of ${nodes} was set right`,
  DATACENTER_OUTAGE: (nodes, [name]) =>
    `${name} went out: ${nodes === '' ? 'its nodes were down already' : `${nodes} crashed`}, and its clients reached nobody`,
  DATACENTER_RESTORED: (nodes, [name]) => `${name} was back${nodes === '' ? '' : `: ${nodes} restarted`}`,
};

const NODES_NAMED = 5;

/** A fault, or its end, as a sentence without its full stop. `text` is that of the event. */
export function sentenceOf(kind: FaultKind, nodes: readonly string[], text: readonly string[]): string {
  const rest = nodes.length - NODES_NAMED;
  const named = nodes.slice(0, NODES_NAMED).join(', ');
  return SENTENCES[kind](rest > 0 ? `${named} and ${rest} more` : named, text);
}

function slower(factor: number, extraMs: string): string {
  const times = `${factor} times as long`;
  if (Number(extraMs) === 0) return times;
  return factor === 1 ? `${extraMs} ms longer` : `${times} and ${extraMs} ms more`;
}

function percent(share: string): string {
  return `${Number((Number(share) * 100).toPrecision(6))} %`;
}

function wrong(aheadMs: number, driftPpm: string): string {
  const offset = `${Math.abs(aheadMs)} ms ${aheadMs < 0 ? 'behind' : 'ahead'}`;
  return Number(driftPpm) === 0 ? offset : `${offset} and drifted by ${driftPpm} ppm`;
}
