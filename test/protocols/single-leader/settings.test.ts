import { describe, expect, it } from '@jest/globals';
import { Problems } from '../../../src/model/problem';
import type { NodePlace } from '../../../src/model/spec/topology';
import { resolveSettings } from '../../../src/protocols/single-leader/settings';
import { singleLeader } from '../../../src/protocols/single-leader/single-leader';

const nodes: NodePlace[] = ['seoul-1', 'seoul-2', 'tokyo-1', 'us-west-1'].map((name) => ({
  name,
  datacenter: name.slice(0, -2),
}));
const cluster = { nodes, datacenters: ['seoul', 'tokyo', 'us-west'] };

/** The problems as `path code`. */
function problemsOf(input: object): string[] {
  const problems = Problems.none();
  resolveSettings(input, cluster, problems.at('singleLeader'));
  return problems.all.map(({ path, code }) => `${path.slice(1).join('.')} ${code}`);
}

function messagesOf(input: object): string {
  const problems = Problems.none();
  resolveSettings(input, cluster, problems);
  return problems.all.map(({ message }) => message).join('\n');
}

describe('settings of a single leader', () => {
  it('has a default for everything', () => {
    expect(resolveSettings({}, cluster, Problems.none())).toEqual({
      leaderDatacenter: null,
      leader: null,
      acknowledgement: { mode: 'ASYNC' },
      reads: { policy: 'LEADER' },
    });
  });

  it('keeps what is given', () => {
    const input = {
      leaderDatacenter: 'tokyo',
      acknowledgement: { mode: 'ASYNC' },
      reads: { policy: 'NEAREST' },
    };
    expect(resolveSettings(input, cluster, Problems.none())).toEqual({ ...input, leader: null });
    expect(problemsOf(input)).toEqual([]);
  });

  it('leaves resolved settings as they are', () => {
    const once = resolveSettings(
      { leader: 'tokyo-1', reads: { policy: 'ANY_FOLLOWER' } },
      cluster,
      Problems.none(),
    );
    expect(resolveSettings(once, cluster, Problems.none())).toEqual(once);
    expect(problemsOf(once)).toEqual([]);
  });

  it.each<[string, object, string[]]>([
    ['two leaders', { leader: 'tokyo-1', leaderDatacenter: 'tokyo' }, [' EXACTLY_ONE_OF']],
    ['an unknown datacenter', { leaderDatacenter: 'soul' }, ['leaderDatacenter UNKNOWN_NAME']],
    ['an unknown node', { leader: 'seoul-9' }, ['leader UNKNOWN_NAME']],
    ['an unknown setting', { leadr: 'seoul-1' }, ['leadr UNKNOWN_FIELD']],
    ['an unknown setting inside', { reads: { polcy: 'LEADER' } }, ['reads.polcy UNKNOWN_FIELD']],
    ['an unknown mode', { acknowledgement: { mode: 'ASYN' } }, ['acknowledgement.mode UNKNOWN_NAME']],
    ['an unknown policy', { reads: { policy: 7 } }, ['reads.policy UNKNOWN_NAME']],
    ['a name that is no text', { leader: 5 }, ['leader WRONG_TYPE']],
    ['a text for an object', { reads: 'LEADER' }, ['reads WRONG_TYPE']],
    ['a list for everything', [], [' WRONG_TYPE']],
    [
      'several problems at once',
      { leader: 'x', reads: { policy: 'STICKY' }, acknowledgement: { mode: 'SYNC' }, failover: {} },
      [
        'leader UNKNOWN_NAME',
        'acknowledgement.mode NOT_SUPPORTED',
        'reads.policy NOT_SUPPORTED',
        'failover UNKNOWN_FIELD',
      ],
    ],
  ])('refuses %s, and says where', (_, input, expected) => {
    expect(problemsOf(input)).toEqual(expected);
  });

  it.each(['SEMI_SYNC', 'SYNC', 'FIRST', 'ANY'])('knows the mode %s and does not support it yet', (mode) => {
    expect(problemsOf({ acknowledgement: { mode } })).toEqual(['acknowledgement.mode NOT_SUPPORTED']);
    expect(messagesOf({ acknowledgement: { mode } })).toBe(`${mode} is not supported yet; choose "ASYNC".`);
  });

  it.each(['STICKY', 'LAG_BOUNDED', 'LEADER_AFTER_WRITE', 'TIMESTAMP_TOKEN', 'LSN_TOKEN'])(
    'knows the policy %s and does not support it yet',
    (policy) => {
      expect(problemsOf({ reads: { policy } })).toEqual(['reads.policy NOT_SUPPORTED']);
    },
  );

  it('says which name was probably meant', () => {
    expect(messagesOf({ leaderDatacenter: 'soul' })).toContain('Did you mean "seoul"?');
    expect(messagesOf({ leadr: 'seoul-1' })).toContain('Did you mean "leader"?');
  });

  it.each<[string, object, string]>([
    ['the first node', {}, 'seoul-1'],
    ['the first node of the datacenter that is named', { leaderDatacenter: 'tokyo' }, 'tokyo-1'],
    ['the node that is named', { leader: 'seoul-2' }, 'seoul-2'],
  ])('[SL1] %s leads', (_, input, leader) => {
    const roles = singleLeader.roles(resolveSettings(input, cluster, Problems.none()), nodes);
    expect(roles).toEqual(nodes.map(({ name }) => (name === leader ? 'LEADER' : 'FOLLOWER')));
  });
});
