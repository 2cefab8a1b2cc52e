import { grouped } from '../../model/text';
import type {
  FailoverAnswer,
  HistogramBucket,
  ProgressAnswer,
  ResultAnswer,
  ResultOfExperiment,
} from './documents';

const BAR_CELLS = 40;
const TEXT_COLUMNS = 96;

/** One line: bar, share, runs, speed and time left. */
export function renderProgress({ experimentProgress: progress }: ProgressAnswer): string {
  const filled = Math.round(progress.fraction * BAR_CELLS);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_CELLS - filled);
  const share = `${Math.floor(progress.fraction * 100)} %`.padStart(5);
  const speed = progress.operationsPerSecond;
  const facts = [
    `${progress.completedRuns} of ${progress.totalRuns} runs`,
    ...(speed === null ? [] : [`${grouped(Math.round(speed))} operations/s`]),
    ...(progress.etaMs === null || progress.etaMs === 0
      ? []
      : [`${(progress.etaMs / 1000).toFixed(1)} s left`]),
  ];
  return `${bar} ${share}  ${facts.join(' · ')}`;
}

/** The answer to document 4 for people: a few paragraphs of text. */
export function renderResult({ experiment }: ResultAnswer): string {
  const { result, status, runs } = experiment;
  if (result === null) return `The experiment ended as ${status} without a result.`;
  return [
    renderOperations(result),
    renderLag(result),
    renderReplicas(result),
    renderFailovers(result),
    renderAnomalies(result),
    `Runs: ${runs.nodes.map((run) => `${run.status.toLowerCase()} ${run.resultHash?.slice(0, 8) ?? '-'}`).join(', ')}`,
  ].join('\n\n');
}

function renderOperations({ operations, availability, writeLatency, converged }: ResultOfExperiment): string {
  const { total, ok, failed, unknown } = operations;
  return [
    `Operations     ${count(total)} measured: ${count(ok)} ok, ${count(failed)} failed, ${count(unknown)} unknown`,
    `Availability   ${percent(availability.okShare)} answered ok; longest outage ${milliseconds(availability.longestOutageMs)}`,
    `Write latency  median ${milliseconds(writeLatency.p50)}, 99.9th percentile ${milliseconds(writeLatency.p999)}`,
    `Replicas       ${converged ? 'equal at the end of every run' : 'still different at the end of a run'}`,
  ].join('\n');
}

function renderLag({ replicationLag: lag }: ResultOfExperiment): string {
  const title =
    `Replication lag of ${count(lag.count)} applied writes: median ${milliseconds(lag.p50)}, ` +
    `99th percentile ${milliseconds(lag.p99)}, longest ${milliseconds(lag.max)}`;
  const highest = Math.max(...lag.buckets.map((bucket) => Number(bucket.count)), 1);
  return [title, ...lag.buckets.map((bucket) => renderBucket(bucket, highest))].join('\n');
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

function renderBucket({ fromMs, toMs, count: samples }: HistogramBucket, highest: number): string {
  const cells = (Number(samples) / highest) * BAR_CELLS;
  const whole = Math.floor(cells);
  const rest = Math.max(Math.floor((cells - whole) * 8), whole === 0 && Number(samples) > 0 ? 1 : 0);
  const range = `${milliseconds(fromMs).padStart(10)} … ${milliseconds(toMs).padStart(10)}`;
  return `${range} │${('█'.repeat(whole) + EIGHTHS[rest]).padEnd(BAR_CELLS)} ${count(samples)}`;
}

function renderReplicas({ replicaLag }: ResultOfExperiment): string {
  const longest = Math.max(...replicaLag.map(({ replica }) => replica.length), 0);
  const rows = replicaLag.map(
    ({ replica, lag }) => `  ${replica.padEnd(longest)}  ${milliseconds(lag.p99).padStart(10)}`,
  );
  return ['99th percentile of the lag, by replica', ...rows].join('\n');
}

const FAILOVERS_SHOWN = 3;

function renderFailovers({ failovers }: ResultOfExperiment): string {
  if (failovers.length === 0) return 'No failover';
  const rest = failovers.length - FAILOVERS_SHOWN;
  return [
    `Failovers      ${failovers.length}, the first of them:`,
    ...failovers.slice(0, FAILOVERS_SHOWN).map(renderFailover),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ].join('\n');
}

function renderFailover(failover: FailoverAnswer): string {
  const { atMs, oldLeader, newLeader, detectionMs, electionMs, recoveryMs, lostWrites } = failover;
  return (
    `  at ${grouped(Math.round(atMs))} ms ${newLeader} for ${oldLeader}: missed after ${milliseconds(detectionMs)}, chosen ` +
    `in ${milliseconds(electionMs)}, writes again after ${milliseconds(recoveryMs)}, ${lostWrites} lost`
  );
}

function renderAnomalies({ anomalies }: ResultOfExperiment): string {
  const seen = anomalies.filter(({ count: found }) => Number(found) > 0);
  const unseen = anomalies.filter((anomaly) => !seen.includes(anomaly));
  const rows = seen.flatMap(({ kind, count: found, rate, witnesses }) => [
    `  ${kind.padEnd(18)} ${count(found).padStart(10)}   ${percent(rate)} of where it can show`,
    ...witnesses.map(({ explanation }) => wrapped(explanation, '      ')),
  ]);
  const names = (some: typeof anomalies): string => some.map(({ kind }) => kind).join(', ');
  return [
    'Anomalies, each with a witness',
    ...rows,
    ...paragraph('Judged, and not seen:', names(unseen.filter(({ rate }) => rate !== null))),
    ...paragraph('Nothing to judge:', names(unseen.filter(({ rate }) => rate === null))),
  ].join('\n');
}

function paragraph(title: string, names: string): readonly string[] {
  return names === '' ? [] : [wrapped(`${title} ${names}`, '  ')];
}

function wrapped(text: string, indent: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < TEXT_COLUMNS)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indent + word);
  }
  return lines.join('\n');
}

function count(digits: string): string {
  return grouped(Number(digits));
}

function percent(share: number | null): string {
  return share === null ? 'n/a' : `${(share * 100).toFixed(2)} %`;
}

/** Three digits are what a reader takes in, and what the histogram's error allows. */
function milliseconds(duration: number | null): string {
  if (duration === null) return 'n/a';
  if (duration >= 10_000) return `${(duration / 1000).toFixed(1)} s`;
  return `${duration >= 100 ? duration.toFixed(0) : duration.toPrecision(3)} ms`;
}
