import { once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';
import type { ApiServer } from '../../../src/api/server/create-server';

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A websocket client that does what a test says and nothing of its own. */
export class TestSocket {
  private readonly received: Message[] = [];
  private wake: () => void = () => undefined;
  /** The code the server closed with. */
  readonly closed: Promise<number>;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.received.push(JSON.parse(data.toString('utf8')) as Message);
      this.wake();
    });
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
  }

  static async open(
    server: ApiServer,
    protocol = 'graphql-transport-ws',
    options: ClientOptions = {},
  ): Promise<TestSocket> {
    const opened = new TestSocket(
      new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, protocol, options),
    );
    await once(opened.socket, 'open');
    return opened;
  }

  /** Opens and introduces itself. */
  static async ready(server: ApiServer): Promise<TestSocket> {
    const opened = await TestSocket.open(server);
    opened.send({ type: 'connection_init' });
    await opened.next();
    return opened;
  }

  send(message: Message): void {
    this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, payload: unknown): void {
    this.send({ type: 'subscribe', id, payload });
  }

  async next(): Promise<Message> {
    for (;;) {
      const message = this.received.shift();
      if (message !== undefined) return message;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
