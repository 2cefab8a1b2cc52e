import { Distribution } from '../../src/engine/distribution';
import type { EventQueue } from '../../src/engine/event-queue';
import { Link, type LinkSettings } from '../../src/engine/link';
import { Network } from '../../src/engine/network';
import { RandomStreams } from '../../src/engine/random-streams';
import type { Distribution as DistributionSpec } from '../../src/model/spec/distribution';

export interface PlainNetwork extends Partial<Pick<LinkSettings, 'loss' | 'duplication'>> {
  readonly endpoints: number;
  readonly latency: DistributionSpec;
  readonly jitter?: DistributionSpec;
  readonly valueBytes?: number;
}

/** A network whose links are all alike, each with chances of its own. */
export function plainNetwork(queue: EventQueue, plan: PlainNetwork): Network {
  const streams = new RandomStreams(1n);
  const { endpoints, valueBytes = 1, loss = 0, duplication = 0 } = plan;
  const latency = Distribution.of(plan.latency);
  const jitter = plan.jitter === undefined ? null : Distribution.of(plan.jitter);
  return new Network(queue, {
    endpoints,
    valueBytes,
    tracer: null,
    createLink: ({ from, to }) => {
      const random = (purpose: string) => streams.stream({ purpose, entity: `${from} to ${to}` });
      return new Link({ latency, jitter, loss, duplication, random });
    },
  });
}
