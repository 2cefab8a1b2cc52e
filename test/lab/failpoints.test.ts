import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Failpoints, processFailpoint } from '../../src/lab/failpoints';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lab-failpoints-'));
const token = path.join(folder, 'token');
const COMPILED = path.join(__dirname, '..', '..', 'dist', 'src', 'lab', 'failpoints.js');
const anyText = (): boolean => true;

beforeEach(() => fs.rmSync(token, { force: true }));
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('a failpoint', () => {
  it('strikes once for each time that its file is put there', () => {
    const failpoints = Failpoints.parse(`worker.running=${token}`);
    expect(failpoints.strikes('worker.running', anyText)).toBe(false);
    fs.writeFileSync(token, '');
    expect([1, 2].map(() => failpoints.strikes('worker.running', anyText))).toEqual([true, false]);
  });

  it('with "!" strikes as long as its file is there', () => {
    const failpoints = Failpoints.parse(`engine.throw=!${token}`);
    fs.writeFileSync(token, '');
    expect([1, 2].map(() => failpoints.strikes('engine.throw', anyText))).toEqual([true, true]);
  });

  it('leaves its file for whom it is meant', () => {
    const failpoints = Failpoints.parse(`engine.throw=${token}`);
    fs.writeFileSync(token, 'poison\n');
    expect(failpoints.strikes('engine.throw', (text) => text === 'good')).toBe(false);
    expect(failpoints.strikes('engine.throw', (text) => text === 'poison')).toBe(true);
  });

  it('does not strike where it was not asked for', async () => {
    fs.writeFileSync(token, '');
    await processFailpoint('')('worker.running');
    await processFailpoint(`worker.running=${token}`)('worker.before-claim');
    expect(fs.existsSync(token)).toBe(true);
  });

  it('kills its process without a farewell', () => {
    fs.writeFileSync(token, '');
    const script = `require(${JSON.stringify(COMPILED)}).processFailpoint('worker.running=${token}')('worker.running').then(() => console.log('alive'))`;
    const { signal, stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    expect([signal, stdout]).toEqual(['SIGKILL', '']);
  });

  it.each(['worker.sleeping=/tmp/a', 'worker.running', 'worker.running='])('"%s" is refused', (setting) => {
    expect(() => Failpoints.parse(setting)).toThrow(/give point=file/);
  });
});
