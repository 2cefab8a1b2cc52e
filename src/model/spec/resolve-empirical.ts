import type { Problems } from '../problem';
import type { EmpiricalLaw, Quantile } from './distribution';
import { Fields, readNumber, type NumberRule } from './fields';
import { LATENCY_MS_MAX, QUANTILES_MAX, SAMPLES_MAX } from './limits';

const MILLISECONDS: NumberRule = { what: 'a number of milliseconds', min: 0, max: LATENCY_MS_MAX };
const SHARE: NumberRule = { what: 'a share', min: 0, max: 1 };

/** The settings of an empirical law; whoever calls ends the fields. */
export function resolveEmpirical(fields: Fields): EmpiricalLaw {
  const kind = fields.variant(['quantiles', 'samplesMs']);
  if (kind === null) return { samplesMs: [] };
  return kind === 'quantiles'
    ? { quantiles: resolveQuantiles(fields) }
    : { samplesMs: resolveSamples(fields) };
}

/** The smallest duration that can be drawn, in milliseconds. */
export function minimumOfEmpirical(law: EmpiricalLaw): number {
  if ('quantiles' in law) return law.quantiles[0].ms;
  return law.samplesMs.reduce((one, other) => Math.min(one, other));
}

function resolveSamples(fields: Fields): readonly number[] {
  return fields
    .requiredList('samplesMs', { itemsMin: 1, itemsMax: SAMPLES_MAX })
    .map(({ value, problems }) => readNumber(value, MILLISECONDS, problems));
}

function resolveQuantiles(fields: Fields): readonly Quantile[] {
  const problemsBefore = fields.problems.count;
  const items = fields.requiredList('quantiles', { itemsMin: 2, itemsMax: QUANTILES_MAX });
  const quantiles = items.map(({ value, problems }) => resolveQuantile(new Fields(value, problems)));
  // What stands for a number that was wrong must not be found out of order too.
  if (fields.problems.count === problemsBefore)
    items.slice(1).forEach(({ problems }, index) => {
      refuseFalling({ before: quantiles[index], after: quantiles[index + 1] }, problems);
    });
  return quantiles;
}

function resolveQuantile(fields: Fields): Quantile {
  const quantile = { q: fields.number('q', SHARE), ms: fields.number('ms', MILLISECONDS) };
  fields.end();
  return quantile;
}

function refuseFalling(
  { before, after }: { readonly before: Quantile; readonly after: Quantile },
  problems: Problems,
): void {
  if (after.q <= before.q)
    problems.at('q').add('OUT_OF_RANGE', `It must be above the one before, ${before.q}; got ${after.q}.`);
  if (after.ms < before.ms)
    problems
      .at('ms')
      .add('OUT_OF_RANGE', `It must not be below the one before, ${before.ms}; got ${after.ms}.`);
}
