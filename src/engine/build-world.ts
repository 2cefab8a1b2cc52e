import type { Observer } from '../model/observer';
import type { LinkLaw } from '../model/spec/cluster';
import type { ExperimentSpec } from '../model/spec/experiment';
import { keyCountOf } from '../model/spec/probe';
import { linkLaws, nodesOf, type LinkTable, type NodePlace } from '../model/spec/topology';
import type { ClientGroupSpec, WorkloadSpec } from '../model/spec/workload';
import { Arrivals } from './arrivals';
import { ClientGroup } from './client-group';
import { Distribution } from './distribution';
import { EffectPicker } from './effect-picker';
import { EventQueue, type EventQueueSettings } from './event-queue';
import { AfflictedWorld } from './faults/afflicted-world';
import { createTimetable } from './faults/create-timetable';
import type { Timetable } from './faults/timetable';
import { FailoverWatch } from './failover-watch';
import { Host } from './host';
import type { HostParts, PowerSwitch } from './host-parts';
import { KeyPicker } from './key-picker';
import { Link } from './link';
import { Network, type Endpoint } from './network';
import { OperationPlaces } from './operation-places';
import { DrawnOperations, type OperationRandoms } from './operation-source';
import { ClosedLoop, OpenLoop, type Pace } from './pace';
import { Probe } from './probe';
import { FoundDelays, GivenDelays } from './probe-delays';
import type { Random } from './random';
import type { RandomStreams } from './random-streams';
import { reachOf } from './reach';
import { Recorder } from './recorder';
import type { Replication, World } from './replication';
import type { Tracer } from './tracer';

export interface BuiltWorld extends HostParts {
  readonly hosts: readonly Host[];
  readonly clientGroups: readonly ClientGroup[];
  /** Of a probe workload; then it is the only client. */
  readonly probe: Probe | null;
  /** By number: first the nodes, then the client groups, then the network's own alarms and the timetable. */
  readonly endpoints: readonly Endpoint[];
}

export interface Blueprint {
  readonly spec: ExperimentSpec;
  readonly streams: RandomStreams;
  readonly observer: Observer;
  readonly tracer: Tracer | null;
  readonly createReplication: (world: World) => Replication;
  readonly recycledMessages?: EventQueueSettings['recycled'];
}

/** Puts a run together and enters its first events in the queue. */
export function buildWorld(blueprint: Blueprint): BuiltWorld {
  const { spec, streams, observer, tracer, createReplication, recycledMessages: recycled } = blueprint;
  const { cluster, workload } = spec;
  const nodes = nodesOf(cluster);
  const queue = new EventQueue({
    startMs: -workload.warmupMs,
    eventsPerMs: expectedEventsPerMs(spec),
    recycled,
  });
  const lawBetween = linkLaws(cluster.links);
  const network = networkOf(spec, { streams, queue, lawBetween, tracer });
  const failovers = new FailoverWatch(queue, (node) => reachOf(node, { hosts, network }));
  const recorder = new Recorder(observer, queue, failovers);
  const power: PowerSwitch = {
    cut: (node, restartAfterMs) => {
      timetable.cut(node, restartAfterMs);
    },
  };
  const parts = { queue, network, recorder, power };
  const hosts: readonly Host[] = nodes.map((node, id) => hostOf(node, id, blueprint, parts));
  const replication = createReplication(worldOf(spec, hosts, lawBetween));
  hosts.forEach((host, index) => host.play(replication.behaviours[index]));
  const stopClients = (): void => {
    timetable.stopClients();
  };
  const probe = probeOf(workload, stopClients);
  const clientGroups = clientGroupsOf(blueprint, parts, { replication, probe });
  const endpoint = hosts.length + clientGroups.length + 1;
  const world = new AfflictedWorld(hosts, network);
  const timetable: Timetable = createTimetable(spec, {
    queue,
    recorder,
    clientGroups,
    // A run of probes may go on for months, and has no course that anybody looks at.
    positions: probe === null ? (replication.positions ?? null) : null,
    world,
    streams,
    endpoint,
  });
  timetable.start();
  for (const group of clientGroups) group.start();
  const endpoints = [...hosts, ...clientGroups, network, timetable];
  network.connect(endpoints);
  replication.start?.();
  return { ...parts, hosts, clientGroups, probe, endpoints };
}

function worldOf(
  { cluster, workload }: ExperimentSpec,
  hosts: readonly Host[],
  lawBetween: LinkTable,
): World {
  return {
    nodes: nodesOf(cluster),
    hosts,
    clients: workload.clients,
    clientEndpoints: workload.clients.map((_, client) => hosts.length + client),
    values: workload.values,
    valueBytes: workload.valueBytes,
    keys: keyCountOf(workload),
    meanLatencyMs: (ends) => meanLatencyMs(lawBetween(ends)),
  };
}

interface NetworkParts {
  readonly streams: RandomStreams;
  readonly queue: EventQueue;
  readonly lawBetween: LinkTable;
  readonly tracer: Tracer | null;
}

function networkOf(
  { cluster, workload }: ExperimentSpec,
  { streams, queue, lawBetween, tracer }: NetworkParts,
): Network {
  const places = [
    ...nodesOf(cluster),
    ...workload.clients.map(({ datacenter }, client) => ({ name: `client ${client}`, datacenter })),
  ];
  return new Network(queue, {
    endpoints: places.length,
    valueBytes: workload.valueBytes,
    tracer,
    createLink: ({ from, to }) => {
      const [source, target] = [places[from], places[to]];
      const { latency, jitter, loss, duplication } = lawBetween({
        from: source.datacenter,
        to: target.datacenter,
      });
      const entity = `${source.name} to ${target.name}`;
      const random = (purpose: string) => streams.stream({ purpose, entity });
      return new Link({
        latency: Distribution.of(latency),
        jitter: jitter === null ? null : Distribution.of(jitter),
        loss,
        duplication,
        random,
      });
    },
  });
}

function hostOf({ name }: NodePlace, id: number, { spec, streams }: Blueprint, parts: HostParts): Host {
  const { serviceTime, fsync } = spec.cluster.nodeProfile;
  return new Host(
    {
      id,
      serviceTime: Distribution.of(serviceTime),
      serviceRandom: streams.stream({ purpose: 'service', entity: name }),
      fsync: Distribution.of(fsync),
      fsyncRandom: streams.stream({ purpose: 'fsync', entity: name }),
    },
    parts,
  );
}

function clientGroupsOf(
  { spec: { workload }, streams }: Blueprint,
  parts: HostParts,
  { replication, probe }: { readonly replication: Replication; readonly probe: Probe | null },
): ClientGroup[] {
  const { behaviours, createDriver } = replication;
  const arrived = { operations: 0, writes: 0 };
  const sessions = workload.clients.reduce((sum, group) => sum + group.sessions, 0);
  const places = new OperationPlaces(sessions);
  const pickers = {
    keyPicker: KeyPicker.of(workload.keys),
    effectPicker: EffectPicker.of(workload.values, sessions),
  };
  let firstSession = 0;
  return workload.clients.map((group, client) => {
    const random = (purpose: string) => streams.stream({ purpose, entity: `client ${client}` });
    const endpoint = behaviours.length + client;
    const randoms = {
      sessions: random('sessions'),
      backOff: random('back-off'),
    };
    const drawn = { client, workload, ...pickers, randoms: operationRandoms(random), arrived };
    const source = probe ?? new DrawnOperations(drawn);
    const settings = { client, endpoint, group, firstSession, workload, randoms };
    firstSession += group.sessions;
    const pace = probe ?? paceOf(group, workload, random);
    return new ClientGroup(settings, { ...parts, source, places, pace, createDriver });
  });
}

/** @param onEnd called as its last probe ends */
function probeOf({ probe }: WorkloadSpec, onEnd: () => void): Probe | null {
  if (probe === null) return null;
  const { writes, readDelaysMs } = probe;
  const delays = readDelaysMs === null ? new FoundDelays(writes) : new GivenDelays(readDelaysMs, writes);
  return new Probe({ delays, onEnd });
}

function paceOf(
  group: ClientGroupSpec,
  { warmupMs }: WorkloadSpec,
  random: (purpose: string) => Random,
): Pace {
  const { arrivals, sessions } = group;
  if (!('closedLoop' in arrivals)) return new OpenLoop(Arrivals.of(group, -warmupMs), random('arrivals'));
  const thinkTime = Distribution.of(arrivals.closedLoop.thinkTime);
  return new ClosedLoop(thinkTime, sessions, (place) => random(`thoughts of session ${place}`));
}

function operationRandoms(random: (purpose: string) => Random): OperationRandoms {
  return {
    kinds: random('kinds'),
    keys: random('keys'),
    effects: random('effects'),
    choices: random('choices'),
  };
}

/** To begin with; the queue corrects it. A write at a leader with two followers makes about twelve events. */
const EVENTS_PER_OPERATION = 10;

function expectedEventsPerMs({ workload }: ExperimentSpec): number {
  const rates = workload.clients.map(({ ratePerSecond, sessions }) => ratePerSecond ?? sessions);
  return (EVENTS_PER_OPERATION * rates.reduce((sum, rate) => sum + rate, 0)) / 1000;
}

function meanLatencyMs({ latency, jitter }: LinkLaw): number {
  return Distribution.of(latency).meanMs + (jitter === null ? 0 : Distribution.of(jitter).meanMs);
}
