import type { Problems } from '../problem';
import { DEFAULT_EXPONENTIAL_OFFSET_MS } from './defaults';
import type { Distribution, MixtureComponent } from './distribution';
import { Fields, type NumberRule } from './fields';
import {
  LATENCY_MS_MAX,
  MIXTURE_COMPONENTS_MAX,
  MIXTURE_DEPTH_MAX,
  SHAPE_MAX,
  SHAPE_MIN,
  SIGMA_MAX,
  WEIGHT_MAX,
} from './limits';
import { minimumOfEmpirical, resolveEmpirical } from './resolve-empirical';

const MILLISECONDS: NumberRule = { what: 'a number of milliseconds', min: 0, max: LATENCY_MS_MAX };
const SHAPE: NumberRule = { what: 'a number', min: SHAPE_MIN, max: SHAPE_MAX };
const WEIGHT: NumberRule = { what: 'a number', above: 0, max: WEIGHT_MAX };
/** What a law stands for that could not be read; never seen by anyone, for there was a problem. */
const NO_LAW: Distribution = { constant: { ms: 0 } };
const VARIANTS = [
  'constant',
  'uniform',
  'normal',
  'exponential',
  'lognormal',
  'pareto',
  'weibull',
  'mixture',
  'empirical',
] as const;
type Variant = (typeof VARIANTS)[number];

/** The law of a duration; every variant may be 0 ms. */
export function resolveDistribution(value: unknown, problems: Problems): Distribution {
  return resolveNested(value, problems, 0);
}

/** The law at a field of an object, or the default where it was left out. */
export function distributionField(fields: Fields, name: string, otherwise: Distribution): Distribution {
  const value = fields.optional(name);
  return value === null ? otherwise : resolveDistribution(value, fields.problems.at(name));
}

/** @param depth how many mixtures it is inside of. */
function resolveNested(value: unknown, problems: Problems, depth: number): Distribution {
  const fields = new Fields(value, problems);
  const variant = fields.variant(VARIANTS);
  const law = variant === null ? NO_LAW : READERS[variant](fields.inner(variant), depth);
  fields.end();
  return law;
}

const READERS: Record<Variant, (fields: Fields, depth: number) => Distribution> = {
  constant: (fields) => ended(fields, { constant: { ms: fields.number('ms', MILLISECONDS) } }),
  uniform: (fields) => {
    const minMs = fields.number('minMs', MILLISECONDS);
    return ended(fields, {
      uniform: { minMs, maxMs: fields.number('maxMs', { ...MILLISECONDS, min: minMs }) },
    });
  },
  normal: (fields) => {
    const meanMs = fields.number('meanMs', MILLISECONDS);
    const standardDeviationMs = fields.number('standardDeviationMs', MILLISECONDS);
    return ended(fields, { normal: { meanMs, standardDeviationMs } });
  },
  exponential: (fields) => {
    const offsetMs = fields.number('offsetMs', { ...MILLISECONDS, default: DEFAULT_EXPONENTIAL_OFFSET_MS });
    return ended(fields, { exponential: { meanMs: fields.number('meanMs', MILLISECONDS), offsetMs } });
  },
  lognormal: (fields) => {
    const sigma = fields.number('sigma', { what: 'a number', min: 0, max: SIGMA_MAX });
    return ended(fields, { lognormal: { medianMs: fields.number('medianMs', MILLISECONDS), sigma } });
  },
  pareto: (fields) => ended(fields, { pareto: scaleAndShape(fields) }),
  weibull: (fields) => ended(fields, { weibull: scaleAndShape(fields) }),
  mixture: (fields, depth) => resolveMixture(fields, depth + 1),
  empirical: (fields) => ended(fields, { empirical: resolveEmpirical(fields) }),
};

function ended(fields: Fields, law: Distribution): Distribution {
  fields.end();
  return law;
}

function scaleAndShape(fields: Fields): { readonly scaleMs: number; readonly shape: number } {
  return { scaleMs: fields.number('scaleMs', MILLISECONDS), shape: fields.number('shape', SHAPE) };
}

/** @param depth how many mixtures this one makes, one inside the other; deeper ones are refused unread. */
function resolveMixture(fields: Fields, depth: number): Distribution {
  if (depth > MIXTURE_DEPTH_MAX) {
    const message = `It is a mixture inside ${MIXTURE_DEPTH_MAX} others; at most ${MIXTURE_DEPTH_MAX} may be inside one another.`;
    fields.problems.add('OUT_OF_RANGE', message);
    return NO_LAW;
  }
  const components = fields
    .requiredList('components', { itemsMin: 1, itemsMax: MIXTURE_COMPONENTS_MAX })
    .map(({ value, problems }) => resolveComponent(new Fields(value, problems), depth));
  return ended(fields, { mixture: { components } });
}

function resolveComponent(fields: Fields, depth: number): MixtureComponent {
  const weight = fields.number('weight', WEIGHT);
  const inside = fields.optional('distribution') ?? {};
  const distribution = resolveNested(inside, fields.problems.at('distribution'), depth);
  fields.end();
  return { weight, distribution };
}

/** The smallest duration that can be drawn, in milliseconds. */
export function minimumMs(law: Distribution): number {
  if ('constant' in law) return law.constant.ms;
  if ('uniform' in law) return law.uniform.minMs;
  if ('normal' in law) return law.normal.standardDeviationMs === 0 ? law.normal.meanMs : 0;
  if ('exponential' in law) return law.exponential.offsetMs;
  if ('lognormal' in law) return law.lognormal.sigma === 0 ? law.lognormal.medianMs : 0;
  if ('pareto' in law) return law.pareto.scaleMs;
  if ('weibull' in law) return 0;
  if ('mixture' in law)
    return law.mixture.components
      .map(({ distribution }) => minimumMs(distribution))
      .reduce((one, other) => Math.min(one, other));
  return minimumOfEmpirical(law.empirical);
}
