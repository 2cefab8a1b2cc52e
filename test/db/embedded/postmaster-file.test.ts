import { describe, expect, it } from '@jest/globals';
import { parsePostmasterFile } from '../../../src/db/embedded/postmaster-file';

const lines = ['4711', '/data/cluster', '1700000000', '5433', '', '127.0.0.1', '  1234  0', 'ready   '];

describe('the postmaster file', () => {
  it('tells process, port and readiness', () => {
    expect(parsePostmasterFile(lines.join('\n'))).toEqual({ pid: 4711, port: 5433, isReady: true });
  });

  it('is not ready while the server recovers', () => {
    const text = [...lines.slice(0, 7), 'starting'].join('\n');
    expect(parsePostmasterFile(text)).toEqual({ pid: 4711, port: 5433, isReady: false });
  });

  it('may be half written', () => {
    expect(parsePostmasterFile(lines.slice(0, 2).join('\n'))).toEqual({
      pid: 4711,
      port: null,
      isReady: false,
    });
  });

  it.each(['', '\n', 'ready', '-4711', '0', '1.5'])('is nothing if it begins with %j', (text) => {
    expect(parsePostmasterFile(text)).toBeNull();
  });
});
