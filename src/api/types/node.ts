import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType({
  description: 'Whatever has an id: clusters, experiments and runs.',
  resolveType: ({ id }: Node) => TYPE_NAMES[id.slice(0, 4)],
})
export abstract class Node {
  @Field(() => ID, { description: 'Opaque; its first letters name the type: `clu_…`, `exp_…`, `run_…`.' })
  readonly id!: string;
}

const TYPE_NAMES: Readonly<Record<string, string>> = { clu_: 'Cluster', exp_: 'Experiment', run_: 'Run' };
