/** The outcome of the work, or an error with these words if it takes longer; the work itself goes on unheeded. */
export function within<Outcome>(limitMs: number, work: Promise<Outcome>, words: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(words)), limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
