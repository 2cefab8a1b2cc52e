/** The part of the WebAssembly API that the schema engine needs; TypeScript knows it only together with the browser. */
declare namespace WebAssembly {
  type ModuleImports = Record<string, unknown>;
  type Exports = Readonly<Partial<Record<string, () => void>>>;

  function instantiate(
    bytes: Uint8Array,
    imports: Record<string, ModuleImports>,
  ): Promise<{ readonly instance: { readonly exports: Exports } }>;
}
