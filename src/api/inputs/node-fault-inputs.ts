import { Field, InputType } from 'type-graphql';
import { DEFAULT_CLOCK_ERROR, DEFAULT_IN_FLIGHT } from '../../model/spec/defaults';
import type { FaultSpec, InFlight } from '../../model/spec/fault';
import { CLOCK_OFFSET_MS_MAX, DRIFT_PPM_MAX, DURATION_MS_MAX, FACTOR_MAX } from '../../model/spec/limits';
import { grouped } from '../../model/text';
import { FiniteFloat } from '../scalars/finite-float';
import { describedEnum } from '../schema/described-enum';
import { LENGTH } from './ranges';
import type { Variant } from './variant';

const NODE = 'The name of the node, such as "seoul-1".';
export const AT =
  'When, in simulated ms from the start of the measured time: −`warmupMs` … below `durationMs`.';
export const OFFSET_RANGE = `−${grouped(CLOCK_OFFSET_MS_MAX)} … ${grouped(CLOCK_OFFSET_MS_MAX)} ms`;
export const DRIFT_RANGE = `−${grouped(DRIFT_PPM_MAX)} … ${grouped(DRIFT_PPM_MAX)} parts per million`;

export const InFlightType = describedEnum<InFlight>(
  'InFlight',
  'What becomes of the messages that a crashing node had sent and that are not delivered.',
  { LOST: 'They are lost with it.', DELIVERED: 'They arrive all the same.' },
);

@InputType({
  description:
    'A node stops: it loses its memory, what was not durable, and, unless told otherwise, what it had sent and is not delivered.',
})
export class CrashInput implements Variant<FaultSpec, 'crash'> {
  @Field(() => String, { description: NODE })
  readonly node!: string;

  @Field(() => FiniteFloat, { description: AT })
  readonly atMs!: number;

  @Field(() => FiniteFloat, {
    nullable: true,
    description: `When it comes back: ${LENGTH} after the crash; without it when the clients stop.`,
  })
  readonly restartAfterMs!: number | null;

  @Field(() => InFlightType, {
    defaultValue: DEFAULT_IN_FLIGHT,
    description: 'What becomes of what it had sent and is not delivered.',
  })
  readonly inFlight!: InFlight;
}

@InputType({ description: 'A crashed node comes back from its durable log, before its time or without one.' })
export class RestartInput implements Variant<FaultSpec, 'restart'> {
  @Field(() => String, { description: NODE })
  readonly node!: string;

  @Field(() => FiniteFloat, { description: AT })
  readonly atMs!: number;
}

@InputType({
  description:
    'A node stands still while the world goes on, as in a long garbage collection; then it goes on, believing what it believed.',
})
export class PauseInput implements Variant<FaultSpec, 'pause'> {
  @Field(() => String, { description: NODE })
  readonly node!: string;

  @Field(() => FiniteFloat, { description: AT })
  readonly atMs!: number;

  @Field(() => FiniteFloat, { description: `How long: ${LENGTH}.` })
  readonly durationMs!: number;
}

@InputType({ description: 'The flushes of a node take another time.' })
export class SlowDiskInput implements Variant<FaultSpec, 'slowDisk'> {
  @Field(() => String, { description: NODE })
  readonly node!: string;

  @Field(() => FiniteFloat, { description: AT })
  readonly atMs!: number;

  @Field(() => FiniteFloat, { description: `How long: ${LENGTH}.` })
  readonly durationMs!: number;

  @Field(() => FiniteFloat, {
    description: `How many times as long a flush takes, 0 … ${grouped(FACTOR_MAX)}.`,
  })
  readonly factor!: number;
}

@InputType({
  description: 'The clock of a node jumps, and may run at another speed, on top of its own error.',
})
export class ClockSkewInput implements Variant<FaultSpec, 'clockSkew'> {
  @Field(() => String, { description: NODE })
  readonly node!: string;

  @Field(() => FiniteFloat, { description: AT })
  readonly atMs!: number;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_CLOCK_ERROR,
    description: `How far it jumps ahead, ${OFFSET_RANGE}.`,
  })
  readonly offsetMs!: number;

  @Field(() => FiniteFloat, {
    defaultValue: DEFAULT_CLOCK_ERROR,
    description: `How much it gains from then on, ${DRIFT_RANGE}.`,
  })
  readonly driftPpm!: number;

  @Field(() => FiniteFloat, {
    nullable: true,
    description: `When it is set right again: ${LENGTH} after \`atMs\`; without it when the clients stop.`,
  })
  readonly durationMs!: number | null;
}

@InputType({
  description:
    'A datacenter goes out: its nodes crash and lose what they had sent, and its clients ask without being heard. Its nodes restart when it is back.',
})
export class DatacenterOutageInput implements Variant<FaultSpec, 'datacenterOutage'> {
  @Field(() => String, { description: 'The name of the datacenter.' })
  readonly datacenter!: string;

  @Field(() => FiniteFloat, { description: AT })
  readonly atMs!: number;

  @Field(() => FiniteFloat, { description: `How long: ${LENGTH}.` })
  readonly durationMs!: number;
}

@InputType({
  description:
    'Node after node is shut down and comes back. What a node had sent still arrives; what it had not made durable is gone.',
})
export class RollingUpgradeInput implements Variant<FaultSpec, 'rollingUpgrade'> {
  @Field(() => [String], {
    nullable: true,
    description: 'The names of the nodes, in their order; without it every node of the cluster.',
  })
  readonly nodes!: readonly string[] | null;

  @Field(() => FiniteFloat, { description: AT })
  readonly atMs!: number;

  @Field(() => FiniteFloat, { description: `How long each node is down: ${LENGTH}.` })
  readonly downMs!: number;

  @Field(() => FiniteFloat, {
    description: `From the return of one to the shutdown of the next, 0 … ${grouped(DURATION_MS_MAX)} ms.`,
  })
  readonly betweenMs!: number;
}
