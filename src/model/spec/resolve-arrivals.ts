import type { Problems } from '../problem';
import { grouped } from '../text';
import { DEFAULT_ARRIVALS, DEFAULT_CONSTANT_PHASE, DEFAULT_DIURNAL_PERIOD_MS } from './defaults';
import type { Distribution } from './distribution';
import type { Fields, NumberRule } from './fields';
import { DURATION_MS_MAX, RATE_FACTOR_MAX, RATE_PER_SECOND_MAX } from './limits';
import { resolveDistribution } from './resolve-distribution';
import { CONSTANT_PHASES, type ArrivalSpec, type ClientGroupSpec } from './workload';

const VARIANTS = ['poisson', 'constant', 'bursts', 'diurnal', 'closedLoop'] as const;
type Variant = (typeof VARIANTS)[number];

/** Shorter periods could not be told apart at the end of thirty days. */
export const PERIOD_MS_MIN = 0.001;
const PERIOD: NumberRule = { what: 'a number of milliseconds', min: PERIOD_MS_MIN, max: DURATION_MS_MAX };
const FACTOR: NumberRule = { what: 'a number', min: 1, max: RATE_FACTOR_MAX };
const RATE: NumberRule = { what: 'a number of operations per second', above: 0, max: RATE_PER_SECOND_MAX };

/** The law of a client group's arrivals, and its rate: required but for a closed loop, which must have none. */
export function resolveArrivals(fields: Fields): Pick<ClientGroupSpec, 'ratePerSecond' | 'arrivals'> {
  const variant = fields.has('arrivals') ? resolveVariant(fields.inner('arrivals')) : null;
  const arrivals = variant ?? DEFAULT_ARRIVALS;
  if (!('closedLoop' in arrivals)) {
    const before = fields.problems.count;
    const ratePerSecond = fields.number('ratePerSecond', RATE);
    if (fields.problems.count === before) refuseTooLongGap(fields.problems, arrivals, ratePerSecond);
    return { ratePerSecond, arrivals };
  }
  if (fields.has('ratePerSecond'))
    fields.problems
      .at('ratePerSecond')
      .add(
        'EXACTLY_ONE_OF',
        'A closed loop goes as fast as it can think: leave the rate out, or the closed loop.',
      );
  return { ratePerSecond: null, arrivals };
}

function resolveVariant(fields: Fields): ArrivalSpec | null {
  const variant = fields.variant(VARIANTS);
  if (variant === null) return null;
  const inner = fields.inner(variant);
  const law = READERS[variant](inner);
  inner.end();
  fields.end();
  return law;
}

const READERS: Record<Variant, (fields: Fields) => ArrivalSpec> = {
  poisson: (fields) => {
    const rule = { what: 'a number of milliseconds', min: 0, max: DURATION_MS_MAX, default: 0 };
    return { poisson: { minimumGapMs: fields.number('minimumGapMs', rule) } };
  },
  constant: (fields) => ({
    constant: { phase: fields.oneOf('phase', CONSTANT_PHASES, DEFAULT_CONSTANT_PHASE) },
  }),
  bursts: (fields) => {
    const before = fields.problems.count;
    const periodMs = fields.number('periodMs', PERIOD);
    const burstMs = fields.number('burstMs', { what: PERIOD.what, above: 0, max: DURATION_MS_MAX });
    if (burstMs >= periodMs && fields.problems.count === before)
      fields.problems
        .at('burstMs')
        .add(
          'OUT_OF_RANGE',
          `It must be shorter than the period, ${grouped(periodMs)} ms; got ${grouped(burstMs)}.`,
        );
    return { bursts: { periodMs, burstMs, factor: fields.number('factor', FACTOR) } };
  },
  diurnal: (fields) => ({
    diurnal: {
      periodMs: fields.number('periodMs', { ...PERIOD, default: DEFAULT_DIURNAL_PERIOD_MS }),
      peakToTrough: fields.number('peakToTrough', FACTOR),
    },
  }),
  closedLoop: (fields) => ({
    closedLoop: { thinkTime: resolveThinkTime(fields) },
  }),
};

function resolveThinkTime(fields: Fields): Distribution {
  const value = fields.optional('thinkTime');
  const place = fields.problems.at('thinkTime');
  if (value !== null) return resolveDistribution(value, place);
  place.add('REQUIRED', 'It is required: give the law of the time between two operations of a session.');
  return { constant: { ms: 0 } };
}

function refuseTooLongGap(problems: Problems, arrivals: ArrivalSpec, ratePerSecond: number): void {
  if (!('poisson' in arrivals)) return;
  const meanMs = 1000 / ratePerSecond;
  const { minimumGapMs } = arrivals.poisson;
  if (minimumGapMs > 0 && minimumGapMs >= meanMs)
    problems
      .at('arrivals', 'poisson', 'minimumGapMs')
      .add(
        'OUT_OF_RANGE',
        `It must be below the mean gap, ${grouped(meanMs)} ms at that rate; got ${grouped(minimumGapMs)}.`,
      );
}
