import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readSettings, SETTINGS, SettingsError } from '../src/config';

const REFUSED: readonly (readonly [string, string, string])[] = [
  ['PORT', '-1', 'PORT is "-1"; give a whole number from 0 to 65535.'],
  ['PORT', '65536', 'PORT is "65536"; give a whole number from 0 to 65535.'],
  ['PORT', '4000x', 'PORT is "4000x"; give a whole number from 0 to 65535.'],
  ['WORKERS', '1.5', 'WORKERS is "1.5"; give a whole number from 0 to 64.'],
  ['WORKERS', '65', 'WORKERS is "65"; give a whole number from 0 to 64.'],
  ['HOST', '0.0.0.0', 'loopback only: give 127.0.0.1, ::1, localhost.'],
  ['DATABASE_URL', 'lab', 'give one such as postgresql://user:password@host:5432/lab.'],
  ['DATABASE_URL', 'postgresql://localhost', 'give one such as postgresql://user:password@host:5432/lab.'],
  ['LOG_LEVEL', 'loud', 'give one of fatal, error, warn, info, debug, trace, silent.'],
];

describe('settings', () => {
  it('have defaults', () => {
    expect(readSettings({})).toEqual({
      port: 4000,
      host: '127.0.0.1',
      dataDir: path.resolve('.data'),
      databaseUrl: null,
      workers: os.availableParallelism(),
      logLevel: 'info',
    });
  });

  it('take what is given; an empty variable is none', () => {
    const url = 'postgres://user:secret@db.example:5433/lab?sslmode=require';
    const environment = { PORT: '0', WORKERS: '0', DATA_DIR: '/srv/lab', DATABASE_URL: url, LOG_LEVEL: '' };
    expect(readSettings(environment)).toMatchObject({
      port: 0,
      workers: 0,
      dataDir: '/srv/lab',
      databaseUrl: url,
      logLevel: 'info',
    });
  });

  it.each(REFUSED)('%s=%s is refused with a sentence', (name, value, sentence) => {
    expect(() => readSettings({ [name]: value })).toThrow(SettingsError);
    expect(() => readSettings({ [name]: value })).toThrow(sentence);
  });

  it('are the ones that the README lists', () => {
    const readme = fs.readFileSync(path.join(__dirname, '..', 'README.md'), 'utf8');
    for (const { name, otherwise, meaning } of SETTINGS) {
      const shown =
        otherwise === '' ? '' : ` ${/^[a-z ]+ /.test(otherwise) ? otherwise : `\`${otherwise}\``}`;
      expect(readme).toContain(`| \`${name}\` |${shown} | ${meaning} |`);
    }
  });
});
