import {
  DEFAULT_CART_ITEMS,
  DEFAULT_INCREMENT,
  DEFAULT_REMOVE_SHARE,
  DEFAULT_REPLY_SHARE,
  DEFAULT_VALUES,
} from './defaults';
import type { Fields, NumberRule } from './fields';
import { CART_ITEMS_MAX, INCREMENT_MAX } from './limits';
import type { ValueSpec } from './workload';

const VARIANTS = ['register', 'counter', 'cart', 'messages'] as const;
type Variant = (typeof VARIANTS)[number];

const SHARE: NumberRule = { what: 'a share', min: 0, max: 1 };
const INTEGER: NumberRule = { what: 'an integer', integer: true, min: -INCREMENT_MAX, max: INCREMENT_MAX };

/** What the values at the field `values` of a workload are: registers unless another kind is given. */
export function resolveValues(parent: Fields): ValueSpec {
  if (!parent.has('values')) return DEFAULT_VALUES;
  const fields = parent.inner('values');
  const variant = fields.variant(VARIANTS);
  if (variant === null) {
    fields.end();
    return DEFAULT_VALUES;
  }
  const inner = fields.inner(variant);
  const values = READERS[variant](inner);
  inner.end();
  fields.end();
  return values;
}

const READERS: Record<Variant, (fields: Fields) => ValueSpec> = {
  register: (fields) => ({
    register: { deleteShare: fields.number('deleteShare', { ...SHARE, default: 0 }) },
  }),
  counter: (fields) => {
    if (!fields.has('increment')) return { counter: { increment: DEFAULT_INCREMENT } };
    const range = fields.inner('increment');
    const min = range.number('min', INTEGER);
    const max = range.number('max', { ...INTEGER, min });
    range.end();
    return { counter: { increment: { min, max } } };
  },
  cart: (fields) => ({
    cart: {
      items: fields.number('items', {
        what: 'a whole number of items',
        integer: true,
        min: 1,
        max: CART_ITEMS_MAX,
        default: DEFAULT_CART_ITEMS,
      }),
      removeShare: fields.number('removeShare', { ...SHARE, default: DEFAULT_REMOVE_SHARE }),
    },
  }),
  messages: (fields) => ({
    messages: { replyShare: fields.number('replyShare', { ...SHARE, default: DEFAULT_REPLY_SHARE }) },
  }),
};
