import 'reflect-metadata';
import { Command } from 'commander';
import { runDemo } from './demo/run-demo';

const program = new Command('replication-lab').description('Experiments with replicated databases.');

program
  .command('demo')
  .description('start a lab for a moment, let the leader of three regions crash, and show what clients saw')
  .action(async () => {
    process.exitCode = await runDemo();
  });

program.parseAsync().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
