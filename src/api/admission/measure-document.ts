import {
  Kind,
  OperationTypeNode,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** The size of a document; of several operations, that of the largest. */
export interface DocumentSize {
  /** Levels of fields within fields, fragments expanded. */
  readonly depth: number;
  /** Fields, fragments expanded. */
  readonly fields: number;
  /** Root fields of a mutation, fragments expanded. */
  readonly rootMutations: number;
  readonly aliases: number;
  readonly directives: number;
}

interface SelectionSize {
  readonly depth: number;
  readonly fields: number;
  readonly rootFields: number;
}

const NOTHING: SelectionSize = { depth: 0, fields: 0, rootFields: 0 };

/** Linear in the document: a fragment is measured once, however often it is spread. */
export function measureDocument(document: DocumentNode): DocumentSize {
  const measure = new SelectionMeasure(document);
  let size = { depth: 0, fields: 0, rootMutations: 0 };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, fields, rootFields } = measure.selections(definition.selectionSet);
    const rootMutations = definition.operation === OperationTypeNode.MUTATION ? rootFields : 0;
    size = {
      depth: Math.max(size.depth, depth),
      fields: Math.max(size.fields, fields),
      rootMutations: Math.max(size.rootMutations, rootMutations),
    };
  }
  return { ...size, ...countMarks(document) };
}

function countMarks(document: DocumentNode): Pick<DocumentSize, 'aliases' | 'directives'> {
  let [aliases, directives] = [0, 0];
  visit(document, {
    Field: ({ alias }) => {
      if (alias !== undefined) aliases += 1;
    },
    Directive: () => {
      directives += 1;
    },
  });
  return { aliases, directives };
}

class SelectionMeasure {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly measured = new Map<string, SelectionSize>();

  constructor(document: DocumentNode) {
    const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  selections({ selections }: SelectionSetNode): SelectionSize {
    let size = NOTHING;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) size = joined(size, this.field(selection.selectionSet));
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        size = joined(size, this.selections(selection.selectionSet));
      else size = joined(size, this.spread(selection.name.value));
    }
    return size;
  }

  private field(selectionSet: SelectionSetNode | undefined): SelectionSize {
    const inner = selectionSet === undefined ? NOTHING : this.selections(selectionSet);
    return { depth: inner.depth + 1, fields: inner.fields + 1, rootFields: 1 };
  }

  /** A cycle counts as nothing here; validation refuses it by its name. */
  private spread(name: string): SelectionSize {
    const known = this.measured.get(name);
    if (known !== undefined) return known;
    this.measured.set(name, NOTHING);
    const fragment = this.fragments.get(name);
    const size = fragment === undefined ? NOTHING : this.selections(fragment.selectionSet);
    this.measured.set(name, size);
    return size;
  }
}

function joined(one: SelectionSize, other: SelectionSize): SelectionSize {
  return {
    depth: Math.max(one.depth, other.depth),
    fields: one.fields + other.fields,
    rootFields: one.rootFields + other.rootFields,
  };
}
