import { describe, expect, it } from '@jest/globals';
import { EFFECT_CODES } from '../../../../src/model/operation';
import { ReplicationLog } from '../../../../src/protocols/single-leader/log/replication-log';

const EPOCH = 7;

/** A log of that many writes, of which write 100 + n of key n is entry n. */
function logOf(entries: number): ReplicationLog {
  const log = new ReplicationLog();
  for (let lsn = 1; lsn <= entries; lsn++) append(log);
  return log;
}

function append(log: ReplicationLog): void {
  const place = log.end + 1;
  const write = { epoch: EPOCH, key: place, operation: 100 + place, effect: EFFECT_CODES.SET, operand: 0 };
  log.append({ ...write, timestampMs: 0, cause: null });
}

const writeOf = (lsn: number) => ({ key: lsn, operation: 100 + lsn, epoch: EPOCH, lsn });

describe('a log that has forgotten entries', () => {
  it('still tells which writes they were, as it does of those it keeps', () => {
    const log = logOf(600);
    log.forgetThrough(10);
    log.forgetThrough(400);
    for (const lsn of [1, 10, 11, 400, 401, 600]) expect(log.writeAt(lsn)).toEqual(writeOf(lsn));
  });

  it('tells those of before a full copy, up to where the copy is of the same log, and none that the copy brought', () => {
    const log = logOf(50);
    log.forgetThrough(20);
    log.restartAfter(1000, { common: 30, epochs: log.epochs });
    for (let more = 0; more < 5; more++) append(log);
    log.forgetThrough(1003);
    for (const lsn of [1, 20, 21, 30, 1001, 1003, 1004]) expect(log.writeAt(lsn)).toEqual(writeOf(lsn));
    for (const lsn of [31, 50, 1000]) expect(log.writeAt(lsn)).toBeNull();
  });

  it('tells nothing more of what the next copy says was never there', () => {
    const log = logOf(50);
    log.forgetThrough(40);
    log.restartAfter(100, { common: 50, epochs: log.epochs });
    for (let more = 0; more < 5; more++) append(log);
    log.restartAfter(200, { common: 35, epochs: log.epochs });
    expect(log.writeAt(35)).toEqual(writeOf(35));
    for (const lsn of [36, 50, 101]) expect(log.writeAt(lsn)).toBeNull();
  });
});
