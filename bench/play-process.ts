import { raiseInliningBudget } from '../src/lab/inlining-budget';
import { subjectNamed } from './rows';
import type { PlayAnswer, PlayRequest } from './harness/subject-player';

raiseInliningBudget();

/** The process of one subject: plays what it is asked for, and ends when it is left alone. */
process.on('message', ({ subject, load }: PlayRequest) => {
  process.send?.(answer({ subject, load }));
});

function answer({ subject, load }: PlayRequest): PlayAnswer {
  try {
    const { play } = subjectNamed(subject);
    const began = process.hrtime.bigint();
    const played = play(load);
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    return { play: { events: played.events, seconds, ...played.findings() } };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
