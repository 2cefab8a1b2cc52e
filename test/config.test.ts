import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readSettings, SETTINGS, SettingsError } from '../src/config';

const REFUSED: readonly (readonly [string, string, string])[] = [
  ['PORT', '-1', 'PORT is "-1"; give a whole number from 0 to 65535.'],
  ['PORT', '65536', 'PORT is "65536"; give a whole number from 0 to 65535.'],
  ['PORT', '4000x', 'PORT is "4000x"; give a whole number from 0 to 65535.'],
  ['WORKERS', '1.5', 'WORKERS is "1.5"; give a whole number from 0 to 32.'],
  ['WORKERS', '33', 'WORKERS is "33"; give a whole number from 0 to 32.'],
  ['HOST', '0.0.0.0', 'give 127.0.0.1, ::1, localhost, or TRUSTED_NETWORK=yes'],
  ['ALLOWED_HOSTS', 'api,http://lab', 'names "http://lab"; give names without scheme, port or wildcard'],
  ['ALLOWED_HOSTS', '*', 'names "*"; give names without scheme, port or wildcard'],
  ['DATABASE_URL', 'lab', 'give one such as postgresql://user:password@host:5432/lab.'],
  ['DATABASE_URL', 'postgresql://localhost', 'give one such as postgresql://user:password@host:5432/lab.'],
  ['REDIS_URL', 'localhost:6379', 'give one such as redis://user:password@host:6379/0'],
  ['REDIS_URL', 'http://localhost', 'give one such as redis://user:password@host:6379/0'],
  ['REDIS_URL', 'redis://', 'give one such as redis://user:password@host:6379/0'],
  ['REDIS_URL', 'redis://localhost/first', 'give one such as redis://user:password@host:6379/0'],
  ['LOG_LEVEL', 'loud', 'give one of fatal, error, warn, info, debug, trace, silent.'],
];

describe('settings', () => {
  it('have defaults', () => {
    expect(readSettings({})).toEqual({
      port: 4000,
      host: '127.0.0.1',
      allowedHosts: [],
      dataDir: path.resolve('.data'),
      databaseUrl: null,
      redisUrl: null,
      failpoints: '',
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

  it.each(['redis://localhost', 'redis://:secret@redis:6379/3', 'rediss://user:secret@redis.example:6380'])(
    'take %s as the address of a Redis',
    (url) => {
      expect(readSettings({ REDIS_URL: url }).redisUrl).toBe(url);
    },
  );

  it.each(['REDIS_URL', 'DATABASE_URL'])('never show the password of a refused %s', (name) => {
    expect(() => readSettings({ [name]: 'nonsense://user:secret@host/lab' })).toThrow(/^(?!.*secret)/s);
  });

  it('let HOST leave this machine only if told that the network is trusted', () => {
    const environment = { HOST: '0.0.0.0', ALLOWED_HOSTS: 'Lab.internal, api' };
    const { host, allowedHosts } = readSettings({ ...environment, TRUSTED_NETWORK: 'yes' });
    expect([host, allowedHosts]).toEqual(['0.0.0.0', ['lab.internal', 'api']]);
    expect(() => readSettings({ ...environment, TRUSTED_NETWORK: 'no' })).toThrow(/TRUSTED_NETWORK=yes/);
    expect(() => readSettings({ ...environment, TRUSTED_NETWORK: 'true' })).toThrow('give yes or no.');
    expect(() => readSettings({ HOST: 'here!', TRUSTED_NETWORK: 'yes' })).toThrow('such as 0.0.0.0.');
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
