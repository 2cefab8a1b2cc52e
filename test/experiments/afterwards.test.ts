import { describe, expect, it } from '@jest/globals';
import { Afterwards } from '../../src/experiments/afterwards';

function reporting() {
  const warnings: string[] = [];
  const report = { info: () => undefined, warn: (_facts: object, message: string) => warnings.push(message) };
  return { warnings, afterwards: new Afterwards(report) };
}

describe('work after an answer', () => {
  it('does not hold up the answer, and is waited for at the end', async () => {
    const { afterwards } = reporting();
    const order: string[] = [];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    afterwards.run(async () => {
      await held;
      order.push('work');
    });
    order.push('answer');
    const settled = afterwards.settled().then(() => order.push('stopped'));
    release();
    await settled;
    expect(order).toEqual(['answer', 'work', 'stopped']);
  });

  it('that fails is reported and harms nobody else', async () => {
    const { afterwards, warnings } = reporting();
    afterwards.run(() => Promise.reject(new Error('no queue')));
    await afterwards.settled();
    expect(warnings).toEqual(['work after an answer failed']);
  });
});
