import { Field, InputType, Int } from 'type-graphql';
import {
  LATENCY_MS_MAX,
  PROBE_FOUND_DELAYS_MAX,
  PROBE_READ_DELAYS_MAX,
  PROBE_WRITES_MAX,
} from '../../model/spec/limits';
import type { ProbeSpec } from '../../model/spec/workload';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';

@InputType({
  description:
    'Measures t-visibility: one session, in the first datacenter, writes a fresh key and reads it a while after the ' +
    'acknowledgement, again and again; no two such probes overlap.',
})
export class ProbeInput implements ProbeSpec {
  @Field(() => Int, { description: `Probes for each delay, 1 … ${grouped(PROBE_WRITES_MAX)}.` })
  readonly writes!: number;

  @Field(() => [FiniteFloat], {
    nullable: true,
    description:
      `From the acknowledgement to the read, 0 … ${grouped(LATENCY_MS_MAX)} ms, ascending: 1 … ${PROBE_READ_DELAYS_MAX} delays. ` +
      `Without it the delays around 99 % and 99.9 % are found as the probe runs, at most ${PROBE_FOUND_DELAYS_MAX}.`,
  })
  readonly readDelaysMs!: readonly number[] | null;
}
