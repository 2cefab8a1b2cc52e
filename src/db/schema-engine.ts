import fs from 'node:fs';
import path from 'node:path';
import type * as Engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';

type EngineModule = typeof Engine;

/** Loaded once: the module keeps its instance in a variable, and a second one would break the work of the first. */
let loading: Promise<EngineModule> | undefined;

/**
 * Starts Prisma's schema engine inside this process: its WebAssembly build, which needs no download.
 * The caller calls `free()` in the end, and closes the connections of its adapter, which `free` leaves open.
 * Its package consists of ES modules: it cannot be loaded inside a Jest test, only in Jest's global setup.
 */
export async function openSchemaEngine(
  adapter: SqlMigrationAwareDriverAdapterFactory,
): Promise<Engine.SchemaEngine> {
  loading ??= loadEngineModule();
  const engineModule = await loading;
  const ignoreLog = (): void => undefined;
  return engineModule.SchemaEngine.new(
    { datamodels: undefined },
    ignoreLog,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

async function loadEngineModule(): Promise<EngineModule> {
  const engineModule = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const folder = path.dirname(require.resolve('@prisma/schema-engine-wasm'));
  const { instance } = await WebAssembly.instantiate(
    fs.readFileSync(path.join(folder, 'schema_engine_bg.wasm')),
    { './schema_engine_bg.js': withIdleTimers(engineModule) },
  );
  engineModule.__wbg_set_wasm(instance.exports);
  callStart(instance.exports);
  return engineModule;
}

/** The engine never clears the 10 s timer that guards its lock; it must not keep the process alive. */
function withIdleTimers(engineModule: EngineModule): WebAssembly.ModuleImports {
  const imports: WebAssembly.ModuleImports = { ...engineModule };
  for (const name of Object.keys(imports).filter((key) => key.startsWith('__wbg_setTimeout_'))) {
    imports[name] = (callback: () => void, delayMs: number) => setTimeout(callback, delayMs).unref();
  }
  return imports;
}

function callStart(exports: WebAssembly.Exports): void {
  const start: unknown = exports.__wbindgen_start;
  if (typeof start !== 'function') throw new Error('The schema engine has no start function.');
  Reflect.apply(start, undefined, []);
}
