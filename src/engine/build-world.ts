import type { Observer } from '../model/observer';
import type { ExperimentSpec } from '../model/spec/experiment';
import { latencies, nodesOf, type LatencyTable, type NodePlace } from '../model/spec/topology';
import { ClientGroup, type ClientRandoms } from './client-group';
import { Distribution } from './distribution';
import { EventQueue } from './event-queue';
import { AfflictedWorld } from './faults/afflicted-world';
import { createTimetable } from './faults/create-timetable';
import { Host, type HostParts } from './host';
import { KeyPicker } from './key-picker';
import { Link } from './link';
import type { Message } from './message';
import { Network } from './network';
import type { RandomStreams } from './random-streams';
import { Recorder } from './recorder';
import type { Replication, Routing, World } from './replication';

/** Whoever events are for: a node, a client group, the timetable. */
export interface Endpoint {
  accept(message: Message): void;
}

export interface BuiltWorld extends HostParts {
  readonly hosts: readonly Host[];
  readonly clientGroups: readonly ClientGroup[];
  /** By number: first the nodes, then the client groups, then the timetable. */
  readonly endpoints: readonly Endpoint[];
}

export interface Blueprint {
  readonly spec: ExperimentSpec;
  readonly streams: RandomStreams;
  readonly observer: Observer;
  readonly createReplication: (world: World) => Replication;
}

/** Puts a run together and enters its first events in the queue. */
export function buildWorld(blueprint: Blueprint): BuiltWorld {
  const { spec, streams, observer, createReplication } = blueprint;
  const { cluster, workload } = spec;
  const nodes = nodesOf(cluster);
  const queue = new EventQueue(-workload.warmupMs);
  const recorder = new Recorder(observer, queue);
  const latencyBetween = latencies(cluster.links);
  const parts = { queue, recorder, network: networkOf(spec, { streams, queue, latencyBetween }) };
  const hosts = nodes.map((node, id) => hostOf(node, id, blueprint, parts));
  const { behaviours, routing } = createReplication(worldOf(spec, hosts, latencyBetween));
  hosts.forEach((host, index) => host.play(behaviours[index]));
  const clientGroups = clientGroupsOf(blueprint, parts, routing, hosts.length);
  const endpoint = hosts.length + clientGroups.length;
  const world = new AfflictedWorld(hosts, cluster.links);
  const timetable = createTimetable(spec, { queue, recorder, clientGroups, world, streams, endpoint });
  timetable.start();
  for (const group of clientGroups) group.start();
  return { ...parts, hosts, clientGroups, endpoints: [...hosts, ...clientGroups, timetable] };
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
    createLink: (from, to) => {
      const [source, target] = [places[from], places[to]];
      const latency = latencyBetween({ from: source.datacenter, to: target.datacenter });
      const random = streams.stream({ purpose: 'link', entity: `${source.name} to ${target.name}` });
      return new Link(Distribution.of(latency), random);
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
  routing: Routing,
  firstEndpoint: number,
): ClientGroup[] {
  const keyPicker = KeyPicker.of(workload.keys);
  const operationIds = { next: 0 };
  let firstSession = 0;
  return workload.clients.map((group, client) => {
    const randoms = randomsOf(streams, client);
    const endpoint = firstEndpoint + client;
    const settings = { client, endpoint, group, firstSession, workload, keyPicker, randoms };
    firstSession += group.sessions;
    return new ClientGroup(settings, { ...parts, routing, operationIds });
  });
}

function randomsOf(streams: RandomStreams, client: number): ClientRandoms {
  const random = (purpose: string) => streams.stream({ purpose, entity: `client ${client}` });
  return {
    arrivals: random('arrivals'),
    sessions: random('sessions'),
    kinds: random('kinds'),
    keys: random('keys'),
    routing: random('routing'),
  };
}
