// Plays the experiments of a file, cut into shards as told, and prints a hash of each result: `play-shards.cjs FILE RUNS SHARDS`.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const path = require('node:path');

const dist = path.join(__dirname, '../../dist/src');
const { runShard } = require(path.join(dist, 'experiments/run/run-shard.js'));
const { decodeMeasurements, encodeMeasurements } = require(
  path.join(dist, 'experiments/result/encode-measurements.js'),
);
const { MeasurementsAccumulator } = require(path.join(dist, 'model/measurements-accumulator.js'));

const [, , file, runs, shards] = process.argv;
const control = { stopRequested: () => false, report: () => undefined, now: () => performance.now() };

/** @param {{ spec: unknown, seed: string }} experiment */
function hashOf({ spec, seed }) {
  const hash = createHash('sha256');
  const merged = new MeasurementsAccumulator();
  const runCount = Number(runs) / Number(shards);
  for (let shard = 0; shard < Number(shards); shard++) {
    const firstRepetition = shard * runCount;
    const outcome = runShard({ spec, seed: BigInt(seed), point: 0, firstRepetition, runCount }, control);
    merged.add(decodeMeasurements(outcome.measurements));
    for (const { seed: runSeed, resultHash, runHash } of outcome.runs)
      hash.update(`${runSeed} ${resultHash} ${runHash}\n`);
  }
  return hash.update(encodeMeasurements(merged.measurements())).digest('hex');
}

console.log(JSON.stringify(JSON.parse(readFileSync(file, 'utf8')).map(hashOf)));
