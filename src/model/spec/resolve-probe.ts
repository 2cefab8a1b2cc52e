import { grouped } from '../text';
import type { Fields } from './fields';
import { LATENCY_MS_MAX, PROBE_READ_DELAYS_MAX, PROBE_WRITES_MAX } from './limits';
import type { ProbeSpec } from './workload';

/** A probe of how stale reads are; without delays it looks for them itself. */
export function resolveProbe(fields: Fields): ProbeSpec {
  const writes = fields.number('writes', {
    what: 'a whole number of writes',
    integer: true,
    min: 1,
    max: PROBE_WRITES_MAX,
  });
  const readDelaysMs = fields.has('readDelaysMs') ? resolveDelays(fields) : null;
  fields.end();
  return { writes, readDelaysMs };
}

function resolveDelays(fields: Fields): readonly number[] {
  const place = fields.problems.at('readDelaysMs');
  const before = fields.problems.count;
  const items = fields.list('readDelaysMs', PROBE_READ_DELAYS_MAX);
  if (items.length === 0 && fields.problems.count === before)
    place.add(
      'OUT_OF_RANGE',
      'Give at least one delay, or leave it out: then the delays are found as the probe runs.',
    );
  let previousMs = -1;
  return items.map(({ value, problems }) => {
    const delayMs = typeof value === 'number' ? value : NaN;
    if (typeof value !== 'number')
      problems.add('WRONG_TYPE', `It must be a number of milliseconds from 0 to ${grouped(LATENCY_MS_MAX)}.`);
    else if (!(delayMs >= 0 && delayMs <= LATENCY_MS_MAX))
      problems.add(
        'OUT_OF_RANGE',
        `It must be a number of milliseconds from 0 to ${grouped(LATENCY_MS_MAX)}; got ${delayMs}.`,
      );
    else if (delayMs <= previousMs)
      problems.add(
        'OUT_OF_RANGE',
        `It must be above the delay before it, ${previousMs} ms; got ${delayMs}. Give each once, ascending.`,
      );
    else previousMs = delayMs;
    return delayMs;
  });
}
