import { describe, expect, it } from '@jest/globals';
import { outlineOf } from '../../src/engine/outline';
import { outlineOfRun } from '../../src/protocols/create-simulation';
import { specOf } from '../engine/scene';

describe('the outline of a run', () => {
  it('has all that the world says, whatever its protocol adds', () => {
    const spec = specOf({ datacenters: { a: 1, b: 2 } });
    const { keyName, ...world } = outlineOf(spec, 3);
    const outline = outlineOfRun(spec, 3);
    expect(outline).toMatchObject(world);
    expect(outline.keyName(2)).toBe(keyName(2));
  });
});
