import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { LogLevel } from '../config';

/** Lines of JSON for machines; readable lines where a person looks on. To standard error: output stays output. */
export function createLogger(name: string, level: LogLevel): Logger {
  const destination = 2;
  if (!process.stderr.isTTY)
    return pino({ name, level }, pino.destination({ dest: destination, sync: true }));
  return pino({ name, level }, pretty({ destination, sync: true, ignore: 'pid,hostname' }));
}
