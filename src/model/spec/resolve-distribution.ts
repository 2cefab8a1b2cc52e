import type { Problems } from '../problem';
import { DEFAULT_EXPONENTIAL_OFFSET_MS } from './defaults';
import type { Distribution } from './distribution';
import { Fields, type NumberRule } from './fields';
import { LATENCY_MS_MAX, SIGMA_MAX } from './limits';

const MILLISECONDS: NumberRule = { what: 'a number of milliseconds', min: 0, max: LATENCY_MS_MAX };
const VARIANTS = ['constant', 'uniform', 'exponential', 'lognormal'] as const;
type Variant = (typeof VARIANTS)[number];

/** The law of a duration; every variant may be 0 ms. */
export function resolveDistribution(value: unknown, problems: Problems): Distribution {
  const fields = new Fields(value, problems);
  const variant = fields.variant(VARIANTS);
  const law = variant === null ? { constant: { ms: 0 } } : READERS[variant](fields.inner(variant));
  fields.end();
  return law;
}

/** The law at a field of an object, or the default where it was left out. */
export function distributionField(fields: Fields, name: string, otherwise: Distribution): Distribution {
  const value = fields.optional(name);
  return value === null ? otherwise : resolveDistribution(value, fields.problems.at(name));
}

const READERS: Record<Variant, (fields: Fields) => Distribution> = {
  constant: (fields) => ended(fields, { constant: { ms: fields.number('ms', MILLISECONDS) } }),
  uniform: (fields) => {
    const minMs = fields.number('minMs', MILLISECONDS);
    return ended(fields, {
      uniform: { minMs, maxMs: fields.number('maxMs', { ...MILLISECONDS, min: minMs }) },
    });
  },
  exponential: (fields) => {
    const offsetMs = fields.number('offsetMs', { ...MILLISECONDS, default: DEFAULT_EXPONENTIAL_OFFSET_MS });
    return ended(fields, { exponential: { meanMs: fields.number('meanMs', MILLISECONDS), offsetMs } });
  },
  lognormal: (fields) => {
    const sigma = fields.number('sigma', { what: 'a number', min: 0, max: SIGMA_MAX });
    return ended(fields, { lognormal: { medianMs: fields.number('medianMs', MILLISECONDS), sigma } });
  },
};

function ended(fields: Fields, law: Distribution): Distribution {
  fields.end();
  return law;
}

/** The smallest duration that can be drawn, in milliseconds. */
export function minimumMs(law: Distribution): number {
  if ('constant' in law) return law.constant.ms;
  if ('uniform' in law) return law.uniform.minMs;
  return 'exponential' in law ? law.exponential.offsetMs : 0;
}
