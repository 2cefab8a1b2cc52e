import { DEFAULT_EXTRA_MS } from '../defaults';
import type { FaultReach, LossyLinkFault, SlowLinkFault } from '../fault';
import type { Fields, NumberRule } from '../fields';
import { LATENCY_MS_MAX } from '../limits';
import { resolveEnds } from '../resolve-ends';
import { DUPLICATION_RULE, LOSS_RULE } from '../rules';
import { knownDatacenters, resolveSpan, type FaultGround } from './ground';
import { FACTOR_RULE } from './node-faults';

const EXTRA_RULE: NumberRule = {
  what: 'a number of milliseconds',
  min: 0,
  max: LATENCY_MS_MAX,
  default: DEFAULT_EXTRA_MS,
};

/** Null, with the problem reported, if it does not say which links it hits. */
export function resolveSlowLink(fields: Fields, ground: FaultGround): SlowLinkFault | null {
  const reach = resolveReach(fields, ground);
  const span = resolveSpan(fields, ground);
  const factor = fields.number('factor', FACTOR_RULE);
  const extraMs = fields.number('extraMs', EXTRA_RULE);
  return reach === null ? null : { ...reach, ...span, factor, extraMs };
}

/** Null, with the problem reported, if it does not say which links it hits. */
export function resolveLossyLink(fields: Fields, ground: FaultGround): LossyLinkFault | null {
  const reach = resolveReach(fields, ground);
  const span = resolveSpan(fields, ground);
  const loss = fields.number('loss', LOSS_RULE);
  const duplication = fields.number('duplication', DUPLICATION_RULE);
  return reach === null ? null : { ...reach, ...span, loss, duplication };
}

const ENDS = ['between', 'within', 'from', 'to'] as const;

function resolveReach(fields: Fields, ground: FaultGround): FaultReach | null {
  const everywhere = fields.optional('everywhere') ?? false;
  if (typeof everywhere !== 'boolean')
    fields.problems.at('everywhere').add('WRONG_TYPE', 'It must be true, or be left out.');
  const named = ENDS.map((name) => fields.has(name)).includes(true);
  if (everywhere === true && !named) return { everywhere };
  if (everywhere !== true && named) return resolveEnds(fields, knownDatacenters(ground));
  fields.problems.add(
    'EXACTLY_ONE_OF',
    'Give exactly one of "between", "within", "from" with "to", or "everywhere".',
  );
  return null;
}
