import type { Observer } from '../model/observer';
import type { ExperimentSpec } from '../model/spec/experiment';
import { latencies, nodesOf, type LatencyTable, type NodePlace } from '../model/spec/topology';
import { ClientGroup, type ClientRandoms } from './client-group';
import { Distribution } from './distribution';
import { EventQueue, type EventQueueSettings } from './event-queue';
import { faultTimeline } from './fault-timeline';
import { Host, type HostParts } from './host';
import { KeyPicker } from './key-picker';
import { Link } from './link';
import { Network, type Endpoint } from './network';
import type { RandomStreams } from './random-streams';
import { Recorder } from './recorder';
import type { Replication, World } from './replication';
import { Timetable } from './timetable';

export interface BuiltWorld extends HostParts {
  readonly hosts: readonly Host[];
  readonly clientGroups: readonly ClientGroup[];
  /** By number: first the nodes, then the client groups, then the network's own alarms and the timetable. */
  readonly endpoints: readonly Endpoint[];
}

export interface Blueprint {
  readonly spec: ExperimentSpec;
  readonly streams: RandomStreams;
  readonly observer: Observer;
  readonly createReplication: (world: World) => Replication;
  readonly recycledMessages?: EventQueueSettings['recycled'];
}

/** Puts a run together and enters its first events in the queue. */
export function buildWorld(blueprint: Blueprint): BuiltWorld {
  const { spec, streams, observer, createReplication, recycledMessages: recycled } = blueprint;
  const { cluster, workload } = spec;
  const nodes = nodesOf(cluster);
  const queue = new EventQueue({
    startMs: -workload.warmupMs,
    eventsPerMs: expectedEventsPerMs(spec),
    recycled,
  });
  const recorder = new Recorder(observer, queue);
  const latencyBetween = latencies(cluster.links);
  const parts = { queue, recorder, network: networkOf(spec, { streams, queue, latencyBetween }) };
  const hosts = nodes.map((node, id) => hostOf(node, id, blueprint, parts));
  const replication = createReplication(worldOf(spec, hosts, latencyBetween));
  hosts.forEach((host, index) => host.play(replication.behaviours[index]));
  const clientGroups = clientGroupsOf(blueprint, parts, replication);
  const timetable = new Timetable(
    {
      endpoint: hosts.length + clientGroups.length + 1,
      nodes,
      transitions: faultTimeline(spec.faults, workload.durationMs),
      durationMs: workload.durationMs,
    },
    { queue, recorder, hosts, clientGroups },
  );
  timetable.start();
  for (const group of clientGroups) group.start();
  const endpoints = [...hosts, ...clientGroups, parts.network, timetable];
  parts.network.connect(endpoints);
  return { ...parts, hosts, clientGroups, endpoints };
}

function worldOf(
  { cluster, workload }: ExperimentSpec,
  hosts: readonly Host[],
  latencyBetween: LatencyTable,
): World {
  return {
    nodes: nodesOf(cluster),
    hosts,
    clients: workload.clients,
    keys: workload.keys.count,
    meanLatencyMs: (ends) => Distribution.of(latencyBetween(ends)).meanMs,
  };
}

interface NetworkParts {
  readonly streams: RandomStreams;
  readonly queue: EventQueue;
  readonly latencyBetween: LatencyTable;
}

function networkOf(
  { cluster, workload }: ExperimentSpec,
  { streams, queue, latencyBetween }: NetworkParts,
): Network {
  const places = [
    ...nodesOf(cluster),
    ...workload.clients.map(({ datacenter }, client) => ({ name: `client ${client}`, datacenter })),
  ];
  return new Network(queue, {
    endpoints: places.length,
    valueBytes: workload.valueBytes,
    tracer: null,
    createLink: ({ from, to }) => {
      const [source, target] = [places[from], places[to]];
      const latency = latencyBetween({ from: source.datacenter, to: target.datacenter });
      const entity = `${source.name} to ${target.name}`;
      const random = (purpose: string) => streams.stream({ purpose, entity });
      return new Link({ latency: Distribution.of(latency), jitter: null, loss: 0, duplication: 0, random });
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
  { behaviours, createDriver }: Replication,
): ClientGroup[] {
  const keyPicker = KeyPicker.of(workload.keys);
  const operationIds = { next: 0 };
  let firstSession = 0;
  return workload.clients.map((group, client) => {
    const randoms = randomsOf(streams, client);
    const endpoint = behaviours.length + client;
    const settings = { client, endpoint, group, firstSession, workload, keyPicker, randoms };
    firstSession += group.sessions;
    return new ClientGroup(settings, { ...parts, createDriver, operationIds });
  });
}

function randomsOf(streams: RandomStreams, client: number): ClientRandoms {
  const random = (purpose: string) => streams.stream({ purpose, entity: `client ${client}` });
  return {
    arrivals: random('arrivals'),
    sessions: random('sessions'),
    kinds: random('kinds'),
    keys: random('keys'),
    choices: random('routing'),
  };
}

/** To begin with; the queue corrects it. A write at a leader with two followers makes about twelve events. */
const EVENTS_PER_OPERATION = 10;

function expectedEventsPerMs({ workload }: ExperimentSpec): number {
  return (
    (EVENTS_PER_OPERATION * workload.clients.reduce((sum, { ratePerSecond }) => sum + ratePerSecond, 0)) /
    1000
  );
}
