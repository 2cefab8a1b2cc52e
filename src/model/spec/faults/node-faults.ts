import { DEFAULT_FACTOR, DEFAULT_IN_FLIGHT } from '../defaults';
import type {
  ClockSkewFault,
  CrashFault,
  DatacenterOutageFault,
  InFlight,
  PauseFault,
  RestartFault,
  RollingUpgradeFault,
  SlowDiskFault,
} from '../fault';
import type { Fields } from '../fields';
import { FACTOR_MAX, NODES_MAX } from '../limits';
import { optionalNodes, requiredNode } from '../node-name';
import { resolveDatacenterName } from '../resolve-ends';
import { CLOCK_OFFSET_RULE, DRIFT_RULE, DURATION_OR_NONE_RULE, DURATION_RULE } from '../rules';
import { knownDatacenters, optionalDuration, resolveSpan, resolveStart, type FaultGround } from './ground';

const IN_FLIGHT: readonly InFlight[] = ['LOST', 'DELIVERED'];

/** How many times as long something takes. */
export const FACTOR_RULE = { what: 'a number of times', min: 0, max: FACTOR_MAX, default: DEFAULT_FACTOR };

export function resolveCrash(fields: Fields, ground: FaultGround): CrashFault {
  return {
    node: requiredNode(fields, ground.nodes),
    ...resolveStart(fields, ground),
    restartAfterMs: optionalDuration(fields, 'restartAfterMs'),
    inFlight: fields.oneOf('inFlight', IN_FLIGHT, DEFAULT_IN_FLIGHT),
  };
}

export function resolveRestart(fields: Fields, ground: FaultGround): RestartFault {
  return { node: requiredNode(fields, ground.nodes), ...resolveStart(fields, ground) };
}

export function resolvePause(fields: Fields, ground: FaultGround): PauseFault {
  return { node: requiredNode(fields, ground.nodes), ...resolveSpan(fields, ground) };
}

export function resolveSlowDisk(fields: Fields, ground: FaultGround): SlowDiskFault {
  return {
    node: requiredNode(fields, ground.nodes),
    ...resolveSpan(fields, ground),
    factor: fields.number('factor', { ...FACTOR_RULE, default: undefined }),
  };
}

export function resolveClockSkew(fields: Fields, ground: FaultGround): ClockSkewFault {
  return {
    node: requiredNode(fields, ground.nodes),
    ...resolveStart(fields, ground),
    offsetMs: fields.number('offsetMs', CLOCK_OFFSET_RULE),
    driftPpm: fields.number('driftPpm', DRIFT_RULE),
    durationMs: optionalDuration(fields, 'durationMs'),
  };
}

/** Null, with the problem reported, if it names no datacenter. */
export function resolveDatacenterOutage(fields: Fields, ground: FaultGround): DatacenterOutageFault | null {
  const place = fields.problems.at('datacenter');
  const datacenter = resolveDatacenterName(fields.optional('datacenter'), place, knownDatacenters(ground));
  const span = resolveSpan(fields, ground);
  return datacenter === null ? null : { datacenter, ...span };
}

export function resolveRollingUpgrade(fields: Fields, ground: FaultGround): RollingUpgradeFault {
  return {
    nodes: optionalNodes(fields, NODES_MAX, ground.nodes),
    ...resolveStart(fields, ground),
    downMs: fields.number('downMs', DURATION_RULE),
    betweenMs: fields.number('betweenMs', DURATION_OR_NONE_RULE),
  };
}
