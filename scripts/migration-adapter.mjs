// What Prisma's Postgres adapter lacks for comparing schemas.
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const charType = 18;
const textType = 25;

/**
 * The engine reads Postgres's catalog, whose type "char" the adapter refuses: report it as text to the adapter and
 * as a character to the engine.
 * @param {any} adapter
 */
function withCharType(adapter) {
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  /** @type {WeakMap<object, boolean[]>} query → which of its columns are of type "char" */
  const charColumns = new WeakMap();
  adapter.performIO = async (/** @type {object} */ query) => {
    const result = await performIO(query);
    /** @type {{ dataTypeID: number }[]} */
    const fields = result.fields;
    const isChar = fields.map((field) => field.dataTypeID === charType);
    charColumns.set(query, isChar);
    return {
      ...result,
      fields: fields.map((field, i) => (isChar[i] ? { ...field, dataTypeID: textType } : field)),
    };
  };
  adapter.queryRaw = async (/** @type {object} */ query) => {
    const result = await queryRaw(query);
    charColumns.get(query)?.forEach((isChar, i) => {
      if (isChar) result.columnTypes[i] = ColumnTypeEnum.Character;
    });
    return result;
  };
  return adapter;
}

/** Connects the engine to two databases of a throwaway server; the adapter's own shadow would be the main database. */
export class MigrationAdapter {
  provider = /** @type {const} */ ('postgres');
  adapterName = '@prisma/adapter-pg';

  /** @param {string} mainUrl @param {string} shadowUrl */
  constructor(mainUrl, shadowUrl) {
    this.mainPool = new pg.Pool({ connectionString: mainUrl, max: 2 });
    this.shadowPool = new pg.Pool({ connectionString: shadowUrl, max: 2 });
  }

  async connect() {
    return withCharType(await new PrismaPg(this.mainPool).connect());
  }

  async connectToShadowDb() {
    return withCharType(await new PrismaPg(this.shadowPool).connect());
  }

  async close() {
    await Promise.all([this.mainPool.end(), this.shadowPool.end()]);
  }
}
