import {
  DEFAULT_HOT_KEY_SHARE,
  DEFAULT_HOT_OPERATION_SHARE,
  DEFAULT_KEY_COUNT,
  DEFAULT_KEY_DISTRIBUTION,
  DEFAULT_ZIPFIAN_EXPONENT,
} from './defaults';
import type { Fields, NumberRule } from './fields';
import { KEYS_MAX, ZIPFIAN_EXPONENT_MAX } from './limits';
import type { KeyDistribution, KeySpec } from './workload';

const VARIANTS = ['uniform', 'zipfian', 'hotspot', 'latest'] as const;
type Variant = (typeof VARIANTS)[number];

const SHARE: NumberRule = { what: 'a share', min: 0, max: 1 };
const EXPONENT: NumberRule = {
  what: 'an exponent',
  min: 0,
  max: ZIPFIAN_EXPONENT_MAX,
  default: DEFAULT_ZIPFIAN_EXPONENT,
};

/** The keys of a workload, all alike unless another law is given. */
export function resolveKeys(fields: Fields): KeySpec {
  const count = fields.number('count', {
    what: 'a whole number of keys',
    integer: true,
    min: 1,
    max: KEYS_MAX,
    default: DEFAULT_KEY_COUNT,
  });
  const distribution = fields.has('distribution')
    ? resolveKeyDistribution(fields.inner('distribution'), count)
    : DEFAULT_KEY_DISTRIBUTION;
  fields.end();
  return { count, distribution };
}

function resolveKeyDistribution(fields: Fields, keys: number): KeyDistribution {
  const variant = fields.variant(VARIANTS);
  if (variant === null) {
    fields.end();
    return DEFAULT_KEY_DISTRIBUTION;
  }
  const inner = fields.inner(variant);
  const law = READERS[variant](inner, keys);
  inner.end();
  fields.end();
  return law;
}

const READERS: Record<Variant, (fields: Fields, keys: number) => KeyDistribution> = {
  uniform: (fields, keys) => {
    const rule = { what: 'the index of a key', integer: true, min: 0, max: keys - 1, default: 0 } as const;
    return { uniform: { firstKey: fields.number('firstKey', rule) } };
  },
  zipfian: (fields) => ({ zipfian: { exponent: fields.number('exponent', EXPONENT) } }),
  hotspot: (fields) => ({
    hotspot: {
      hotKeyShare: fields.number('hotKeyShare', { ...SHARE, default: DEFAULT_HOT_KEY_SHARE }),
      hotOperationShare: fields.number('hotOperationShare', {
        ...SHARE,
        default: DEFAULT_HOT_OPERATION_SHARE,
      }),
    },
  }),
  latest: (fields) => ({ latest: { exponent: fields.number('exponent', EXPONENT) } }),
};
