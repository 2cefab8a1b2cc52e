import { isIP } from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The settings of every process of the lab, read once from the environment. */
export interface Settings {
  /** TCP port of the API; 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** Beside the names of this machine, in lower case: what a request may give as its Host. */
  readonly allowedHosts: readonly string[];
  /** Absolute folder of the embedded database. */
  readonly dataDir: string;
  /** Null: the embedded database. */
  readonly databaseUrl: string | null;
  /** Null: the queue lies in the database. */
  readonly redisUrl: string | null;
  /** Worker processes beside the API. */
  readonly workers: number;
  readonly logLevel: LogLevel;
  /** For fault tests alone: see `Failpoints`. Empty in a lab that people use. */
  readonly failpoints: string;
}

/** A setting that cannot be used; its message is the sentence to show. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

interface SettingDescription {
  readonly name: string;
  readonly otherwise: string;
  readonly meaning: string;
}

/** What may be set; the README shows this table, and a test holds it to it. */
export const SETTINGS: readonly SettingDescription[] = [
  { name: 'PORT', otherwise: '4000', meaning: 'TCP port of the API and playground; 0 takes a free one' },
  {
    name: 'HOST',
    otherwise: '127.0.0.1',
    meaning: 'Address to listen on; one beyond loopback only with TRUSTED_NETWORK',
  },
  {
    name: 'TRUSTED_NETWORK',
    otherwise: 'no',
    meaning: 'yes: everyone who reaches HOST may use the lab, since there is no login',
  },
  {
    name: 'ALLOWED_HOSTS',
    otherwise: '',
    meaning: 'Names beside localhost that a request may give as its Host, separated by commas',
  },
  {
    name: 'DATA_DIR',
    otherwise: '.data',
    meaning: 'Folder of the embedded database; not used with DATABASE_URL',
  },
  {
    name: 'DATABASE_URL',
    otherwise: '',
    meaning: 'A PostgreSQL database to use instead of the embedded one',
  },
  {
    name: 'REDIS_URL',
    otherwise: '',
    meaning: 'A Redis for the queue, which otherwise lies in the database; the same for all processes',
  },
  {
    name: 'WORKERS',
    otherwise: 'number of cores',
    meaning: 'Worker processes started beside the API; 0 for none',
  },
  { name: 'LOG_LEVEL', otherwise: 'info', meaning: `One of ${LOG_LEVELS.join(', ')}` },
];

type Environment = Readonly<Record<string, string | undefined>>;

/** This process's environment for a process that it starts, with some variables set. */
export function childEnvironment(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...variables };
}

const PORT_MAX = 65_535;
/** Each keeps some connections open, and the embedded server has 200. */
const WORKERS_MAX = 32;
const LOOPBACK: readonly string[] = ['127.0.0.1', '::1', 'localhost'];
const HOST_NAME = /^[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?$/i;

/** Throws SettingsError for the first setting that cannot be used. */
export function readSettings(environment: Environment = process.env): Settings {
  return {
    port: integer(environment, { name: 'PORT', max: PORT_MAX, otherwise: 4000 }),
    host: host(environment),
    allowedHosts: allowedHosts(environment),
    dataDir: path.resolve(given(environment, 'DATA_DIR') ?? '.data'),
    databaseUrl: databaseUrl(environment),
    redisUrl: redisUrl(environment),
    workers: integer(environment, {
      name: 'WORKERS',
      max: WORKERS_MAX,
      otherwise: Math.min(os.availableParallelism(), WORKERS_MAX),
    }),
    logLevel: logLevel(environment),
    failpoints: given(environment, 'FAILPOINTS') ?? '',
  };
}

/** An empty variable is one that was left out, as in shells and compose files. */
function given(environment: Environment, name: string): string | null {
  const text = environment[name]?.trim() ?? '';
  return text === '' ? null : text;
}

interface IntegerRule {
  readonly name: string;
  readonly max: number;
  readonly otherwise: number;
}

function integer(environment: Environment, { name, max, otherwise }: IntegerRule): number {
  const text = given(environment, name);
  if (text === null) return otherwise;
  if (/^[0-9]{1,6}$/.test(text) && Number(text) <= max) return Number(text);
  throw new SettingsError(`${name} is "${text}"; give a whole number from 0 to ${max}.`);
}

function host(environment: Environment): string {
  const text = given(environment, 'HOST') ?? '127.0.0.1';
  if (LOOPBACK.includes(text)) return text;
  if (!trustedNetwork(environment))
    throw new SettingsError(
      `HOST is "${text}"; the lab has no login, so give ${LOOPBACK.join(', ')}, or TRUSTED_NETWORK=yes if everyone who reaches that address may use the lab.`,
    );
  if (isIP(text) !== 0 || HOST_NAME.test(text)) return text;
  throw new SettingsError(`HOST is "${text}"; give an address or name of this machine, such as 0.0.0.0.`);
}

function trustedNetwork(environment: Environment): boolean {
  const text = given(environment, 'TRUSTED_NETWORK') ?? 'no';
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new SettingsError(`TRUSTED_NETWORK is "${text}"; give yes or no.`);
}

function allowedHosts(environment: Environment): readonly string[] {
  const names = (given(environment, 'ALLOWED_HOSTS') ?? '').toLowerCase().split(',');
  const hosts = names.map((name) => name.trim()).filter((name) => name !== '');
  const wrong = hosts.find((name) => !HOST_NAME.test(name));
  if (wrong === undefined) return hosts;
  throw new SettingsError(
    `ALLOWED_HOSTS names "${wrong}"; give names without scheme, port or wildcard, such as lab.internal,api.`,
  );
}

function databaseUrl(environment: Environment): string | null {
  const text = given(environment, 'DATABASE_URL');
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1) return text;
  throw new SettingsError(
    'DATABASE_URL is no address of a PostgreSQL database; give one such as postgresql://user:password@host:5432/lab.',
  );
}

/** The address may hold a password, so that it is never shown. */
function redisUrl(environment: Environment): string | null {
  const text = given(environment, 'REDIS_URL');
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const complete = url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== '';
  if (complete && /^\/?[0-9]{0,4}$/.test(url.pathname)) return text;
  throw new SettingsError(
    'REDIS_URL is no address of a Redis server; give one such as redis://user:password@host:6379/0, or rediss://… for TLS.',
  );
}

function logLevel(environment: Environment): LogLevel {
  const text = given(environment, 'LOG_LEVEL') ?? 'info';
  const level = LOG_LEVELS.find((candidate) => candidate === text);
  if (level !== undefined) return level;
  throw new SettingsError(`LOG_LEVEL is "${text}"; give one of ${LOG_LEVELS.join(', ')}.`);
}
