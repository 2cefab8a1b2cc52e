import type { ClusterId } from '../model/ids';
import type { ClusterRecord } from '../experiments/ports/records';
import type {
  ClusterStore,
  Creation,
  IdempotencyClaim,
  NewCluster,
  Page,
  PageRequest,
} from '../experiments/ports/stores';
import { reachingDatabase } from './failures';
import type { PrismaClient } from './generated/prisma/client';
import { createOnce } from './idempotency';
import { behindCursor, inOrderOf, newestFirst, toPage } from './paging';
import { clusterRecord, toJson } from './rows';

export class PostgresClusterStore implements ClusterStore {
  constructor(private readonly prisma: PrismaClient) {}

  async insert(cluster: NewCluster, idempotency: IdempotencyClaim | null): Promise<Creation<ClusterRecord>> {
    const { id, name, spec } = cluster;
    return createOnce(this.prisma, idempotency, {
      id,
      insert: async (tx) =>
        clusterRecord(await tx.cluster.create({ data: { id, name, spec: toJson(spec) } })),
      find: async (tx, found) => {
        const row = await tx.cluster.findUnique({ where: { id: found } });
        return row === null ? null : clusterRecord(row);
      },
    });
  }

  async findMany(ids: readonly ClusterId[]): Promise<readonly (ClusterRecord | null)[]> {
    return reachingDatabase(async () => {
      const rows = await this.prisma.cluster.findMany({ where: { id: { in: [...ids] } } });
      return inOrderOf<ClusterRecord>(ids, rows.map(clusterRecord));
    });
  }

  async page(request: PageRequest<ClusterId>): Promise<Page<ClusterRecord>> {
    return reachingDatabase(async () => {
      const rows = await this.prisma.cluster.findMany(newestFirst(request));
      const query = behindCursor(request);
      const behind = query === null ? null : await this.prisma.cluster.findFirst(query);
      return toPage(rows.map(clusterRecord), request, behind);
    });
  }

  async count(): Promise<number> {
    return reachingDatabase(() => this.prisma.cluster.count());
  }
}
