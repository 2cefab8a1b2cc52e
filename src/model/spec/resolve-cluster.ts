import type { Problems } from '../problem';
import { normalisedName } from '../text';
import type { ClusterSpec, DatacenterSpec, NodeProfile, ReplicationSpec } from './cluster';
import { DEFAULT_FSYNC, DEFAULT_SERVICE_TIME } from './defaults';
import { Fields, type NumberRule } from './fields';
import { DATACENTERS_MAX, NAME_CHARACTERS_MAX, NODES_MAX } from './limits';
import { resolveClocks } from './resolve-clocks';
import { distributionField } from './resolve-distribution';
import { resolveLinks } from './resolve-links';
import { shapeOf, type ClusterShape } from './topology';

export type ResolveReplication = (fields: Fields, shape: ClusterShape) => ReplicationSpec;

const NODES: NumberRule = { what: 'a whole number of nodes', integer: true, min: 1, max: NODES_MAX };

/** A cluster with all defaults; how its replication is read is the protocols' business. */
export function resolveCluster(fields: Fields, resolveReplication: ResolveReplication): ClusterSpec {
  const name = fields.requiredText('name', NAME_CHARACTERS_MAX);
  const { datacenters, nodes } = resolvePlaces(fields);
  const shape = shapeOf({ datacenters, nodes });
  const links = resolveLinks(fields, shape.datacenters);
  const nodeProfile = resolveNodeProfile(fields.inner('nodeProfile'));
  const clocks = resolveClocks(fields, new Set(shape.nodes.map((node) => node.name)));
  const replication = resolveReplication(fields.inner('replication'), shape);
  return { name, datacenters, nodes, links, nodeProfile, clocks, replication };
}

function resolvePlaces(fields: Fields): Pick<ClusterSpec, 'datacenters' | 'nodes'> {
  const kind = isPlain(fields) ? 'nodes' : fields.variant(['datacenters', 'nodes']);
  if (kind !== 'datacenters')
    return { datacenters: [], nodes: kind === null ? 1 : fields.number('nodes', NODES) };
  const place = fields.problems.at('datacenters');
  if (isEmptyList(fields.optional('datacenters')))
    place.add('OUT_OF_RANGE', 'Give at least one datacenter, or "nodes" for a cluster without.');
  const datacenters = fields
    .list('datacenters', DATACENTERS_MAX)
    .map(({ value, problems }) => resolveDatacenter(new Fields(value, problems)));
  refuseSameNames(place, datacenters);
  const total = datacenters.reduce((sum, datacenter) => sum + datacenter.nodes, 0);
  if (total > NODES_MAX)
    place.add(
      'OUT_OF_RANGE',
      `The datacenters have ${total} nodes together; at most ${NODES_MAX} are allowed.`,
    );
  const small = total > NODES_MAX ? datacenters.map(({ name }) => ({ name, nodes: 1 })) : datacenters;
  return { datacenters: small, nodes: null };
}

/** A resolved cluster of plain nodes has an empty list of datacenters; it may come back as input. */
function isPlain(fields: Fields): boolean {
  return fields.has('nodes') && isEmptyList(fields.optional('datacenters'));
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function resolveDatacenter(fields: Fields): DatacenterSpec {
  const datacenter = {
    name: fields.requiredText('name', NAME_CHARACTERS_MAX),
    nodes: fields.number('nodes', NODES),
  };
  fields.end();
  return datacenter;
}

function refuseSameNames(place: Problems, datacenters: readonly DatacenterSpec[]): void {
  const first = new Map<string, number>();
  datacenters.forEach(({ name }, index) => {
    const normalised = normalisedName(name);
    const earlier = first.get(normalised);
    if (earlier === undefined) first.set(normalised, index);
    else
      place
        .at(index, 'name')
        .add(
          'DUPLICATE_NAME',
          `It looks the same as the name of datacenter ${earlier + 1}: give each its own.`,
        );
  });
}

function resolveNodeProfile(fields: Fields): NodeProfile {
  const profile = {
    serviceTime: distributionField(fields, 'serviceTime', DEFAULT_SERVICE_TIME),
    fsync: distributionField(fields, 'fsync', DEFAULT_FSYNC),
  };
  fields.end();
  return profile;
}
