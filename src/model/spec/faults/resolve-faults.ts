import type { FaultSpec } from '../fault';
import { Fields } from '../fields';
import { LIST_ITEMS_MAX } from '../limits';
import type { FaultGround } from './ground';
import { resolveLossyLink, resolveSlowLink } from './link-faults';
import {
  resolveClockSkew,
  resolveCrash,
  resolveDatacenterOutage,
  resolvePause,
  resolveRestart,
  resolveRollingUpgrade,
  resolveSlowDisk,
} from './node-faults';
import { resolveHeal, resolveIsolate, resolvePartition } from './partition-faults';

/** The faults at the field `faults` of an object, in the order given. */
export function resolveFaults(fields: Fields, ground: FaultGround): readonly FaultSpec[] {
  return fields
    .list('faults', LIST_ITEMS_MAX)
    .map(({ value, problems }) => resolveFault(new Fields(value, problems), ground))
    .filter((fault) => fault !== null);
}

type Reader = (fields: Fields, ground: FaultGround) => FaultSpec | null;

const READERS = {
  crash: (fields, ground) => ({ crash: resolveCrash(fields, ground) }),
  restart: (fields, ground) => ({ restart: resolveRestart(fields, ground) }),
  pause: (fields, ground) => ({ pause: resolvePause(fields, ground) }),
  partition: (fields, ground) => {
    const partition = resolvePartition(fields, ground);
    return partition === null ? null : { partition };
  },
  isolate: (fields, ground) => {
    const isolate = resolveIsolate(fields, ground);
    return isolate === null ? null : { isolate };
  },
  heal: (fields, ground) => ({ heal: resolveHeal(fields, ground) }),
  slowLink: (fields, ground) => {
    const slowLink = resolveSlowLink(fields, ground);
    return slowLink === null ? null : { slowLink };
  },
  lossyLink: (fields, ground) => {
    const lossyLink = resolveLossyLink(fields, ground);
    return lossyLink === null ? null : { lossyLink };
  },
  slowDisk: (fields, ground) => ({ slowDisk: resolveSlowDisk(fields, ground) }),
  clockSkew: (fields, ground) => ({ clockSkew: resolveClockSkew(fields, ground) }),
  datacenterOutage: (fields, ground) => {
    const datacenterOutage = resolveDatacenterOutage(fields, ground);
    return datacenterOutage === null ? null : { datacenterOutage };
  },
  rollingUpgrade: (fields, ground) => ({ rollingUpgrade: resolveRollingUpgrade(fields, ground) }),
} satisfies Readonly<Record<string, Reader>>;

/** The kinds of faults, as the input names them. */
export const FAULT_NAMES = Object.keys(READERS) as readonly (keyof typeof READERS)[];

function resolveFault(fields: Fields, ground: FaultGround): FaultSpec | null {
  const variant = fields.variant(FAULT_NAMES);
  if (variant === null) return null;
  const inner = fields.inner(variant);
  const read: Reader = READERS[variant];
  const fault = read(inner, ground);
  inner.end();
  fields.end();
  return fault;
}
