import { askProgram } from './ask-program';

/** How to start a program so that it does not see itself as root. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  /** Whom the process runs as, and who must own its files; `null` for the present user. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
}

const nobody = { uid: 65534, gid: 65534 };
const namespaceFlags = ['--user', '--map-user=1000', '--map-group=1000'];

let namespacesAllowed: boolean | undefined;

/**
 * Postgres refuses to run as root. In a user namespace of its own it sees another user, while for the kernel
 * the files stay root's: no account to create, no folder to hand over, and folders that only root may enter work.
 * Where namespaces are forbidden the program runs as nobody; then its files must be nobody's, and nobody must
 * be able to enter every parent folder.
 */
export function unprivileged(program: string, args: readonly string[]): Launch {
  if (process.getuid?.() !== 0) return { program, args, owner: null };
  if (!mayUseNamespaces()) return { program, args, owner: nobody };
  // unshare replaces itself by the program: the process keeps its id.
  return { program: 'unshare', args: [...namespaceFlags, program, ...args], owner: null };
}

function mayUseNamespaces(): boolean {
  namespacesAllowed ??= askProgram('unshare', [...namespaceFlags, 'true']).status === 0;
  return namespacesAllowed;
}
