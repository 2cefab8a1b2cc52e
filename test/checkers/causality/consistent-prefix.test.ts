import { describe, expect, it } from '@jest/globals';
import { judge } from '../../support/judge';

/** The question is operation 0, a write of x; the answer is operation 1, a write of y. */
const ASKED_AND_ANSWERED = '0wx 0=1 1wy<0 1=1';

describe('CONSISTENT_PREFIX', () => {
  it.each([
    ['the answer was read, the question is not there', `${ASKED_AND_ANSWERED} 2ry 2=1 | 2rx 2=-`],
    ['an older version than the question', `3wx 3=1 0wx 0=2 1wy<1 1=1 2ry 2=1 | 2rx 2=1`],
    ['the answer is to the same key', '0wx 0=1 0wx 0=2 1wx<1 1=3 2rx 2=3 | 2rx 2=1'],
    ['the answer was read before it was acknowledged', '0wx 0=1 1wy<0 2ry 2=1@1 | 2rx 2=- 1=1'],
    ['nobody knows about the answer, which was read', '0wx 0=1 1wy<0 1? 2ry 2=1@1 | 2rx 2=-'],
    ['the answer was sent before the question was acknowledged', '0wx 1wy<0 0=1 1=1 2ry 2=1 | 2rx 2=-'],
    ['other operations between', `${ASKED_AND_ANSWERED} 2ry 2=1 2rz 2=- 2ry 2=- 2wx 2=3 | 2rx 2=-`],
    ['the answer was deleted in answer, and that was read', '0wx 0=1 1dy<0 1=2 2ry 2=2 | 2rx 2=-'],
    ['an older vector than the question', '0wx 0=[1,0] 1wy<0 1=[0,1] 2ry 2=[0,1] | 2rx 2=-'],
    ['an answer older than its question', '0wx 0=2 1wx<0 1=1 | 2rx 2=1'],
    ['a clock behind makes the answer older', '0wx 0=~5:1 1wx<0 1=~4:2 | 2rx 2=~4:2'],
  ])('is: %s (%s)', (_, told) => {
    expect(judge('CONSISTENT_PREFIX', told)).toMatchObject({ count: 1, affected: 1, relevant: 1 });
  });

  it.each([
    ['the question is there', `${ASKED_AND_ANSWERED} 2ry 2=1 | 2rx 2=1`],
    ['a newer version than the question', `${ASKED_AND_ANSWERED} 3wx 3=2 2ry 2=1 | 2rx 2=2`],
    ['another session had read the answer', `${ASKED_AND_ANSWERED} 3ry 3=1 | 2rx 2=-`],
    ['the session wrote the answer, and read it not', `${ASKED_AND_ANSWERED} | 1rx 1=-`],
    ['the answer was not there', `${ASKED_AND_ANSWERED} 2ry 2=- | 2rx 2=-`],
    ['the answer was read after the read was sent', `${ASKED_AND_ANSWERED} | 2rx 2=- | 2ry 2=1`],
    ['no answer to it', '0wx 0=1 1wy 1=1 3wz<0 3=1 2ry 2=1 | 2rx 2=-'],
    ['an answer to something else', '0wx 0=1 0wz 0=1 1wy<1 1=1 2ry 2=1 | 2rx 2=-'],
    ['the question failed', '0wx 0! 1wy<0 1=1 2ry 2=1 | 2rx 2=-'],
    ['nobody knows about the question', '0wx 0? 1wy<0 1=1 2ry 2=1 | 2rx 2=-'],
    ['the question was acknowledged after the answer was read', '0wx 1wy<0 1=1 2ry 2=1 0=1 | 2rx 2=-'],
    ['the question is under way at the end', '0wx 1wy<0 1=1 2ry 2=1 | 2rx 2=-'],
    ['nobody knows what was read of the answer', `${ASKED_AND_ANSWERED} 2ry 2? | 2rx 2=-`],
    ['a version concurrent with the question', '0wx 0=[1,0] 1wy<0 1=[0,1] 2ry 2=[0,1] | 2rx 2=[0,1]'],
    ['the answer to the answer, without the question', `${ASKED_AND_ANSWERED} 3wz<1 3=1 2rz 2=1 | 2rx 2=-`],
  ])('is not: %s (%s)', (_, told) => {
    expect(judge('CONSISTENT_PREFIX', told)).toMatchObject({ count: 0, relevant: 1, witnesses: [] });
  });

  it.each([
    ['no write of the run answers another', '0wx 0=1 1wy 1=1 2ry 2=1 | 2rx 2=-'],
    ['the read failed', `${ASKED_AND_ANSWERED} 2ry 2=1 | 2rx 2!`],
    ['the read is under way at the end', `${ASKED_AND_ANSWERED} 2ry 2=1 | 2rx`],
    ['the read arrived in the warm-up', `${ASKED_AND_ANSWERED} 2ry 2=1 2rx 2=- |`],
    ['the read arrived after the duration', `${ASKED_AND_ANSWERED} 2ry 2=1 | | 2rx 2=-`],
  ])('is not judged: %s (%s)', (_, told) => {
    expect(judge('CONSISTENT_PREFIX', told)).toMatchObject({ count: 0, relevant: 0, witnesses: [] });
  });

  it('shows the question, the answer, the read of the answer and the read without the question', () => {
    const [witness] = judge(
      'CONSISTENT_PREFIX',
      `3wx 3=7 ${ASKED_AND_ANSWERED.replace('<0', '<1')} 2ry 2=1 2rx 2=-`,
    ).witnesses;
    expect(witness).toMatchObject({ atMs: 9, operations: [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }] });
  });

  it('shows the operations in the order in which they were sent, the read without the question last', () => {
    const [witness] = judge('CONSISTENT_PREFIX', '2ry 0wx 0=1 1wy<1 1=1 2=1 2rx 2=-').witnesses;
    expect(witness.operations.map(({ id }) => id)).toEqual([0, 1, 2, 3]);
  });

  it('shows an answer that is older than its question with three operations', () => {
    const [witness] = judge('CONSISTENT_PREFIX', '0wx 0=2 1wx<0 1=1 2rx 2=1 2rx 2=1').witnesses;
    expect(witness).toMatchObject({ atMs: 5, operations: [{ id: 0 }, { id: 1 }, { id: 2 }] });
  });

  it('needs no earlier read where the answer itself is older than its question', () => {
    const { witnesses } = judge('CONSISTENT_PREFIX', '0wx 0=2 1wx<0 1=1 2rx 2=1 2rx 2=1');
    expect(witnesses.map(({ operations }) => operations.map(({ id }) => id))).toEqual([
      [0, 1, 2],
      [0, 1, 3],
    ]);
  });
});
