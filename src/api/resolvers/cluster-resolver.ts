import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { NodeRole } from '../../experiments/lab';
import type { ClusterRecord } from '../../experiments/ports/records';
import { parseClusterId } from '../../model/ids';
import type { DatacenterSpec } from '../../model/spec/cluster';
import type { RequestContext } from '../context';
import { notFound } from '../errors/request-error';
import { CreateClusterInput } from '../inputs/cluster-input';
import { encodeCursor } from '../paging/cursor';
import { listCost, PageArguments, pageRequest } from '../paging/page-arguments';
import type { Plain } from '../schema/plain-type';
import { RawInput } from '../schema/raw-input';
import { Cluster, ClusterNode, Datacenter } from '../types/cluster';
import { connectionOf, type Connection } from '../types/connection';
import { CreateClusterPayload, payloadOf } from '../types/payloads';
import { ClusterConnection } from './connections';

@Resolver(() => Cluster)
export class ClusterResolver {
  @Mutation(() => CreateClusterPayload, { description: 'Stores a cluster. It never changes afterwards.' })
  async createCluster(
    @RawInput(() => CreateClusterInput) input: object,
    @Ctx() { lab }: RequestContext,
  ): Promise<Plain<CreateClusterPayload>> {
    const { record, ...rest } = payloadOf(await lab.createCluster(input));
    return { cluster: record, ...rest };
  }

  @Query(() => Cluster, {
    nullable: true,
    description: 'A stored cluster; an error `NOT_FOUND` if there is none.',
  })
  async cluster(
    @Arg('id', () => ID, { description: 'Its id, `clu_…`.' }) id: string,
    @Ctx() { clusters }: RequestContext,
  ): Promise<ClusterRecord> {
    const clusterId = parseClusterId(id);
    const found = clusterId === null ? null : await clusters.load(clusterId);
    if (found === null) throw notFound('id');
    return found;
  }

  @Query(() => ClusterConnection, { description: 'All stored clusters, newest first.', complexity: listCost })
  async clusters(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { lab }: RequestContext,
  ): Promise<Connection<ClusterRecord>> {
    return connectionOf(await lab.clusters(pageRequest(page, parseClusterId)), {
      cursorOf: ({ id }) => encodeCursor(id),
      show: (record) => record,
      count: () => lab.clusterCount(),
    });
  }

  @FieldResolver(() => [Datacenter], { description: 'Its datacenters; empty in a cluster of plain nodes.' })
  datacenters(@Root() { spec }: ClusterRecord): readonly DatacenterSpec[] {
    return spec.datacenters;
  }

  @FieldResolver(() => [ClusterNode], { description: 'Its nodes, datacenter by datacenter.' })
  nodes(@Root() cluster: ClusterRecord, @Ctx() { lab }: RequestContext): readonly NodeRole[] {
    return lab.nodesOf(cluster);
  }
}
