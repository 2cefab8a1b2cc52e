import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from '@jest/globals';
import { Redis } from 'ioredis';

const READY_WITHIN_MS = 10_000;

/** A Redis server of a test's own. Its address stays the same over restarts. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Lets it end as a service manager would; what it persists is written. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Nothing has been started, or all of it has ended. */
  readonly isDown: boolean;
  /** Stops it without ending it (SIGSTOP): connections stay open and nothing is answered. */
  freeze(): void;
  thaw(): void;
  /** Starts it again, on what its folder holds. */
  start(): Promise<void>;
  /** Ends it and starts it again: with what it persisted, or as a new, empty one. */
  restart(data: 'KEPT' | 'EMPTY'): Promise<void>;
  /** FLUSHALL. */
  flush(): Promise<void>;
  /** One command, such as `CONFIG SET maxmemory-policy allkeys-lru`. */
  command(...words: readonly string[]): Promise<unknown>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

export interface RedisSettings {
  /** A temporary folder by default. */
  readonly dataDir?: string;
  /** A free one by default. */
  readonly port?: number;
  /** `yes` by default, as in docker-compose.yml. */
  readonly appendOnly?: 'yes' | 'no';
  /** Further arguments of redis-server. */
  readonly flags?: readonly string[];
}

/** Starts `redis-server` on this machine alone; resolves when it answers. */
export async function startRedis(settings: RedisSettings = {}): Promise<RedisServer> {
  const redis = new RedisProcess(
    settings.dataDir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'replication-lab-redis-')),
    settings.port ?? (await freePort()),
    ['--appendonly', settings.appendOnly ?? 'yes', ...(settings.flags ?? [])],
  );
  await redis.start();
  return redis;
}

/**
 * A suite that needs `redis-server`: skipped where there is none, except in continuous integration (CI=true), where
 * that is a failure.
 */
export function describeWithRedis(name: string, suite: () => void): void {
  if (hasRedisServer()) describe(name, suite);
  else if (process.env.CI === 'true')
    describe(name, () => {
      it('has a redis-server to run on', () => {
        throw new Error('CI is true and there is no redis-server on PATH: install one, as .ci/run does.');
      });
    });
  else describe.skip(`${name} (no redis-server on PATH)`, suite);
}

export function hasRedisServer(): boolean {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
}

class RedisProcess implements RedisServer {
  private server: ChildProcess | null = null;
  /** A test that is broken off leaves no server behind. */
  private readonly endAtOnce = (): void => void this.server?.kill('SIGKILL');

  constructor(
    private readonly dataDir: string,
    readonly port: number,
    private readonly flags: readonly string[],
  ) {
    process.once('exit', this.endAtOnce);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const network = ['--bind', '127.0.0.1', '--port', String(this.port)];
    const rules = ['--dir', this.dataDir, '--maxmemory-policy', 'noeviction', '--save', ''];
    this.server = spawn('redis-server', [...network, ...rules, ...this.flags], { stdio: 'ignore' });
    await this.command('PING');
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  get isDown(): boolean {
    return this.server === null || this.server.exitCode !== null || this.server.signalCode !== null;
  }

  freeze(): void {
    this.server?.kill('SIGSTOP');
  }

  thaw(): void {
    this.server?.kill('SIGCONT');
  }

  async restart(data: 'KEPT' | 'EMPTY'): Promise<void> {
    await this.stop();
    if (data === 'EMPTY') {
      fs.rmSync(this.dataDir, { recursive: true, force: true });
      fs.mkdirSync(this.dataDir, { recursive: true });
    }
    await this.start();
  }

  async flush(): Promise<void> {
    await this.command('FLUSHALL');
  }

  /** Waits for a server that has just started. */
  async command(name: string, ...words: readonly string[]): Promise<unknown> {
    const client = new Redis(this.port, '127.0.0.1', { retryStrategy: () => 20, maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    const late = setTimeout(() => client.disconnect(), READY_WITHIN_MS);
    try {
      return await client.call(name, ...words);
    } finally {
      clearTimeout(late);
      client.disconnect();
    }
  }

  async remove(): Promise<void> {
    await this.kill();
    process.off('exit', this.endAtOnce);
    fs.rmSync(this.dataDir, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { server } = this;
    if (server === null || this.isDown) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}
