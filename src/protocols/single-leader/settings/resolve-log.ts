import type { Fields, NumberRule } from '../../../model/spec/fields';
import { ROWS_PER_WRITE_MAX } from '../../../model/spec/limits';
import { DEFAULT_LOG, LOG_FORMATS, type LogSettings } from './log';

const SHARE_RULE: NumberRule = {
  what: 'a share',
  min: 0,
  max: 1,
  default: DEFAULT_LOG.nonDeterministicShare,
};
const ROWS_RULE: NumberRule = {
  what: 'a whole number of rows',
  integer: true,
  min: 1,
  max: ROWS_PER_WRITE_MAX,
  default: DEFAULT_LOG.rowsPerWrite,
};
const KEEP_RULE: NumberRule = {
  what: 'a whole number of bytes',
  min: 0,
  max: Number.MAX_SAFE_INTEGER,
  default: DEFAULT_LOG.walKeepBytes,
};
const COPY_RULE: NumberRule = {
  what: 'a number of bytes per second',
  above: 0,
  max: Number.MAX_SAFE_INTEGER,
  default: DEFAULT_LOG.copyBytesPerSecond,
};

/** Completes the settings of one object of an untrusted input and reports everything that is wrong with them. */
export function resolveLog(fields: Fields): LogSettings {
  const settings: LogSettings = {
    format: fields.oneOf('format', LOG_FORMATS, DEFAULT_LOG.format),
    nonDeterministicShare: fields.number('nonDeterministicShare', SHARE_RULE),
    rowsPerWrite: fields.number('rowsPerWrite', ROWS_RULE),
    walKeepBytes: fields.wholeNumber('walKeepBytes', KEEP_RULE),
    slots: fields.flag('slots', { otherwise: DEFAULT_LOG.slots }),
    copyBytesPerSecond: fields.number('copyBytesPerSecond', COPY_RULE),
  };
  fields.end();
  return settings;
}
