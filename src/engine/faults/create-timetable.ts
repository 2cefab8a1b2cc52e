import { EndpointMap } from '../../model/spec/endpoint-map';
import type { ExperimentSpec } from '../../model/spec/experiment';
import { nodesOf } from '../../model/spec/topology';
import type { RandomStreams } from '../random-streams';
import type { Afflictable } from './afflictable';
import { Afflictions } from './afflictions';
import { Nemesis } from './nemesis';
import { scheduleOf } from './schedule';
import { Timetable, type TimetableParts } from './timetable';

export interface TimetableWorld extends Omit<TimetableParts, 'afflictions'> {
  /** What the faults act on. */
  readonly world: Afflictable;
  readonly streams: RandomStreams;
  /** Its own number, behind nodes and client groups. */
  readonly endpoint: number;
}

/** The timetable of a run: its scheduled faults, its nemesis and its end. */
export function createTimetable(
  {
    cluster,
    workload,
    faults,
    nemesis,
  }: Omit<ExperimentSpec, 'workload'> & {
    readonly workload: Pick<ExperimentSpec['workload'], 'clients' | 'durationMs' | 'warmupMs'>;
  },
  { world, streams, endpoint, ...parts }: TimetableWorld,
): Timetable {
  const map = new EndpointMap(nodesOf(cluster), workload.clients);
  const afflictions = new Afflictions({ map, clocks: cluster.clocks, time: parts.queue }, world, (event) =>
    parts.recorder.tell(event),
  );
  const { durationMs, warmupMs } = workload;
  const schedule = scheduleOf(faults, { map, endMs: durationMs });
  const random = nemesis === null ? null : new Nemesis(nemesis, { map, streams, fromMs: -warmupMs });
  return new Timetable({ endpoint, durationMs, schedule, nemesis: random }, { ...parts, afflictions });
}
