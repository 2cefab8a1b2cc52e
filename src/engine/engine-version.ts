/**
 * The version of the world's rules. Same seed, same specification and same version give the same run, call by call.
 *
 * Raise it with every change that alters a run on purpose: results of different versions are not compared.
 */
export const ENGINE_VERSION = '5';
