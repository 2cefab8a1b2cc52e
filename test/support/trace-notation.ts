import type { LeadershipTrace, MessageTrace, StateTrace, Trace, TraceEvent } from '../../src/model/trace';
import { isLogVersion, type Version } from '../../src/model/version';

/** A trace as lines that can be read beside a space-time diagram: each begins with its time. */
export function written(trace: Trace): readonly string[] {
  const endpoints = [...trace.nodes, ...trace.clientDatacenters.map((_, client) => `client ${client}`)];
  const placeOf = (endpoint: number) => endpoints[endpoint];
  return trace.events.map((event) => lineOf(event, placeOf));
}

type PlaceOf = (endpoint: number) => string;

function lineOf(event: TraceEvent, placeOf: PlaceOf): string {
  switch (event.type) {
    case 'MESSAGE':
      return messageLine(event, placeOf);
    case 'OPERATION_INVOKED':
      return `${event.atMs} operation ${event.operation}: ${event.kind} key ${event.key} by session ${event.session}`;
    case 'OPERATION_ENDED':
      return `${event.atMs} operation ${event.operation}: ${event.outcome} ${versionText(event.version)}`;
    case 'COMMIT':
      return `${event.atMs} ${placeOf(event.node)} commits operation ${event.operation} as ${versionText(event.version)}`;
    case 'APPLY':
      return `${event.atMs} ${placeOf(event.node)} applies operation ${event.operation}`;
    case 'FLUSH':
      return `${event.atMs} ${placeOf(event.node)} has flushed ${event.position}`;
    case 'STATE':
      return stateLine(event, placeOf);
    case 'FAULT':
      return `${event.atMs} ${event.kind} ${event.nodes.map(placeOf).join(' ')}`;
    case 'LEADERSHIP':
      return leadershipLine(event, placeOf);
    case 'TIMER':
      return `${event.atMs} ${placeOf(event.node)}: ${event.name} rings`;
    default:
      return `${event.atMs} ${event.type}`;
  }
}

function stateLine({ atMs, node, name, about, value }: StateTrace, placeOf: PlaceOf): string {
  return `${atMs} ${placeOf(node)}: ${name}${about === null ? '' : ` ${placeOf(about)}`} ${value}`;
}

function leadershipLine({ atMs, node, kind, epoch }: LeadershipTrace, placeOf: PlaceOf): string {
  return `${atMs} ${placeOf(node)} ${kind === 'BEGAN' ? 'leads' : 'leads no more'} in epoch ${epoch}`;
}

function messageLine(message: MessageTrace, placeOf: PlaceOf): string {
  const { id, name, from, to, sentAtMs, operations, entries, position, version } = message;
  const about = [
    ...operations.map((operation) => `operation ${operation}`),
    ...(version === null ? [] : [versionText(version)]),
    ...(position === null ? [] : [`position ${position}`]),
    ...(entries === null ? [] : [`${entries} entries`]),
  ].join(', ');
  return `${sentAtMs} #${id} ${name} ${placeOf(from)} -> ${placeOf(to)} (${about}): ${fateOf(message)}`;
}

function fateOf({ lostAtMs, lostFor, deliveredAtMs, handledAtMs, heldAtMs, dueAtMs }: MessageTrace): string {
  const held = heldAtMs === null ? '' : `held ${heldAtMs}, `;
  if (lostAtMs !== null) return `${held}lost ${lostAtMs} ${String(lostFor)}`;
  if (deliveredAtMs === null) return `${held}due ${String(dueAtMs)}`;
  return `${held}delivered ${deliveredAtMs}, handled ${String(handledAtMs)}`;
}

function versionText(version: Version | null): string {
  if (version === null) return 'no version';
  return isLogVersion(version) ? `${version.epoch}.${version.lsn}` : JSON.stringify(version);
}
