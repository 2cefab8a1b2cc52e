import fs from 'node:fs';
import { SettingsError } from '../config';
import { FAILPOINT_NAMES, type Failpoint, type FailpointName } from '../experiments/ports/failpoint';

/** What arms a point: a file, used up by the first who comes by, or with "!" left there to strike again and again. */
interface Token {
  readonly name: FailpointName;
  readonly file: string;
  readonly use: 'ONCE' | 'STICKY';
}

/**
 * Deaths that a test asks for by `FAILPOINTS=worker.running=/tmp/a,engine.throw=!/tmp/b`: a point strikes while its
 * file exists. Tests only; CONTRIBUTING.md tells how to use them.
 */
export class Failpoints {
  private constructor(private readonly tokens: readonly Token[]) {}

  /** @throws SettingsError for a point that does not exist */
  static parse(setting: string): Failpoints {
    const entries = setting.split(',').map((entry) => entry.trim());
    return new Failpoints(entries.filter((entry) => entry !== '').map(parseToken));
  }

  /** Whether the point strikes now; `accepts` is asked about the text in its file, without spaces around it. */
  strikes(name: FailpointName, accepts: (text: string) => boolean): boolean {
    return this.tokens.some((token) => token.name === name && isTaken(token, accepts));
  }
}

/** The points of a process, which dies by SIGKILL. */
export function processFailpoint(setting: string): Failpoint {
  const failpoints = Failpoints.parse(setting);
  return async (name) => {
    if (!failpoints.strikes(name, () => true)) return;
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  };
}

function parseToken(entry: string): Token {
  const [, point = '', sticky = '', file = ''] = /^([^=]*)=(!?)(.+)$/.exec(entry) ?? [];
  const name = FAILPOINT_NAMES.find((candidate) => candidate === point);
  if (name !== undefined) return { name, file, use: sticky === '!' ? 'STICKY' : 'ONCE' };
  throw new SettingsError(
    `FAILPOINTS has "${entry}"; give point=file or point=!file, where the point is one of ${FAILPOINT_NAMES.join(', ')}.`,
  );
}

/** Of many that come at the same time, one removes the file. */
function isTaken({ file, use }: Token, accepts: (text: string) => boolean): boolean {
  try {
    if (!accepts(fs.readFileSync(file, 'utf8').trim())) return false;
    if (use === 'ONCE') fs.unlinkSync(file);
    return true;
  } catch {
    return false;
  }
}
