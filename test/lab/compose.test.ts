import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readSettings, SETTINGS } from '../../src/config';

const PROJECT_FOLDER = path.join(__dirname, '..', '..');

/** The parts of the Compose specification that the file uses. */
interface Service {
  readonly image: string;
  readonly build?: string;
  readonly user?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly networks: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck: Readonly<Record<string, unknown>> & { readonly test: readonly string[] };
  readonly [other: string]: unknown;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly [other: string]: unknown;
}

/** Attributes of the specification, with the type that each has here. */
const SERVICE_ATTRIBUTES: Readonly<Record<string, (value: unknown) => boolean>> = {
  image: isText,
  build: isText,
  user: isText,
  restart: (value) => value === 'unless-stopped',
  init: isFlag,
  read_only: isFlag,
  tmpfs: areTexts,
  cap_drop: areTexts,
  security_opt: areTexts,
  stop_grace_period: isDuration,
  shm_size: (value) => isText(value) && /^\d+[bkmg]$/.test(value),
  command: areTexts,
  environment: (value) => Object.values(value as object).every(isText),
  ports: areTexts,
  networks: areTexts,
  volumes: areTexts,
  depends_on: (value) => typeof value === 'object',
  healthcheck: (value) => typeof value === 'object',
};
const HEALTHCHECK_ATTRIBUTES: Readonly<Record<string, (value: unknown) => boolean>> = {
  test: (value) => areTexts(value) && /^CMD(-SHELL)?$/.test((value as string[])[0]),
  interval: isDuration,
  timeout: isDuration,
  start_period: isDuration,
  retries: Number.isInteger,
};

const text = read('docker-compose.yml');
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);

describe('docker-compose.yml', () => {
  it('has database, queue, API and worker', () => {
    expect(Object.keys(compose.services)).toEqual(['postgres', 'redis', 'api', 'worker']);
    const sections = Object.keys(compose).filter((name) => !name.startsWith('x-'));
    expect(sections).toEqual(['name', 'services', 'networks', 'volumes']);
  });

  it.each(services)('%s uses attributes of the specification, with values of their types', (_, service) => {
    expect(wrongAttributes(service, SERVICE_ATTRIBUTES)).toEqual([]);
    expect(wrongAttributes(service.healthcheck, HEALTHCHECK_ATTRIBUTES)).toEqual([]);
  });

  it.each(services)('%s names networks, volumes and services that there are', (_, service) => {
    const named = (service.volumes ?? []).map((volume) => volume.split(':')[0]);
    expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named));
    expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining([...service.networks]));
    expect(Object.keys(compose.services)).toEqual(
      expect.arrayContaining(Object.keys(service.depends_on ?? {})),
    );
  });

  it('starts API and worker when database and queue are healthy', () => {
    const healthy = { condition: 'service_healthy' };
    for (const name of ['api', 'worker'])
      expect(compose.services[name].depends_on).toEqual({ postgres: healthy, redis: healthy });
  });

  it('publishes the port of the API alone, and to this machine alone', () => {
    const published = services.flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port]));
    expect(published).toEqual([['api', '127.0.0.1:${PORT:-4000}:4000']]);
  });

  it('keeps database, queue and workers in a network without a way out', () => {
    expect(compose.networks).toMatchObject({ inside: { internal: true } });
    for (const name of ['postgres', 'redis', 'worker'])
      expect(compose.services[name].networks).toEqual(['inside']);
  });

  it('has no password of its own: it must be given', () => {
    const places = text.match(/POSTGRES_PASSWORD\S*/g) ?? [];
    const asked = places.filter((place) => place.includes('{') || place.includes('}') || place.includes('?'));
    for (const place of asked) expect(place).toMatch(/^POSTGRES_PASSWORD:\?/);
    expect(asked).toHaveLength(2);
    expect(text).not.toMatch(/password[:=]\s*['"]?[a-z0-9]+['"]?\s*$/im);
  });

  it.each(services)(
    '%s runs as an ordinary user, without privileges, on files it cannot change',
    (name, service) => {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
      const user = service.build === undefined ? service.user : lastUserOf(read('Dockerfile'));
      expect(user).toBe({ postgres: 'postgres', redis: 'redis', api: 'node', worker: 'node' }[name]);
    },
  );

  it('can run any number of workers: nothing in a worker is taken once', () => {
    const { worker } = compose.services;
    for (const attribute of ['container_name', 'ports', 'volumes', 'hostname'])
      expect(worker).not.toHaveProperty(attribute);
  });

  it('gives Redis a policy that forgets no job, and a log that survives restarts', () => {
    const { command } = compose.services.redis;
    expect(command?.join(' ')).toBe('redis-server --maxmemory-policy noeviction --appendonly yes --save ');
  });

  it.each(['api', 'worker'])('gives the %s settings that it accepts', (name) => {
    const given = Object.entries(compose.services[name].environment ?? {});
    expect(SETTINGS.map((setting) => setting.name)).toEqual(
      expect.arrayContaining(given.map(([setting]) => setting)),
    );
    const environment = Object.fromEntries(given.map(([key, value]) => [key, interpolated(value)]));
    expect(readSettings(environment)).toMatchObject({
      databaseUrl: 'postgresql://lab:given@postgres:5432/lab',
      redisUrl: 'redis://redis:6379',
    });
  });

  it('pins the major version of every image, as the Dockerfile does', () => {
    const images = services.map(([, { image }]) => image).filter((image) => image !== 'replication-lab');
    const bases = [...read('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    for (const image of [...images, ...bases]) expect(image).toMatch(/^[a-z]+:\d+-(alpine|slim)$/);
  });
});

describe('the Dockerfile', () => {
  it('copies files that there are, and .dockerignore lets them through', () => {
    const sources = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files]) =>
      files.split(' '),
    );
    const letThrough =
      read('.dockerignore')
        .match(/^!.+$/gm)
        ?.map((line) => line.slice(1)) ?? [];
    for (const source of sources) {
      expect(fs.existsSync(path.join(PROJECT_FOLDER, source))).toBe(true);
      expect(letThrough).toContain(source.split('/')[0]);
    }
  });

  it('and the compose file start programs that the build makes', () => {
    const programs = `${read('Dockerfile')}${text}`.match(/dist\/\S+\.js/g) ?? [];
    expect(new Set(programs).size).toBe(3);
    for (const program of programs) {
      const source = program.replace(/^dist\//, '').replace(/\.js$/, '.ts');
      expect(fs.existsSync(path.join(PROJECT_FOLDER, source))).toBe(true);
    }
  });
});

function read(file: string): string {
  return fs.readFileSync(path.join(PROJECT_FOLDER, file), 'utf8');
}

function wrongAttributes(
  described: Readonly<Record<string, unknown>>,
  attributes: Readonly<Record<string, (value: unknown) => boolean>>,
): readonly string[] {
  return Object.entries(described)
    .filter(([name, value]) => !(name in attributes) || !attributes[name](value))
    .map(([name]) => name);
}

/** As compose does with POSTGRES_PASSWORD=given. */
function interpolated(value: string): string {
  return value.replace(/\$\{POSTGRES_PASSWORD:\?[^}]*\}/g, 'given');
}

function lastUserOf(dockerfile: string): string | undefined {
  return [...dockerfile.matchAll(/^USER (\S+)$/gm)].at(-1)?.[1];
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isDuration(value: unknown): boolean {
  return isText(value) && /^\d+s$/.test(value);
}
