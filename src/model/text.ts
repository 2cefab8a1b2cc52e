import type { Problems } from './problem';

/** Lone surrogates cannot be stored or sent as UTF-8; control characters (NUL among them) belong in no name. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

/** Names are kept as they are given; two names are the same if they look the same. */
export function normalisedName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Checks a text that people give to things: not blank, not too long, only characters that can be shown. */
export function checkText(problems: Problems, text: string, charactersMax: number): void {
  if (text.trim() === '') {
    problems.add('BLANK', 'It must not be blank: give at least one visible character.');
    return;
  }
  if (text.length > charactersMax)
    problems.add(
      'TOO_LONG',
      `It has ${grouped(text.length)} characters; at most ${charactersMax} are allowed.`,
    );
  const found = UNPRINTABLE.exec(text);
  if (found !== null)
    problems.add(
      'INVALID_CHARACTER',
      `It contains the character ${codePoint(found[0])} at position ${found.index + 1}; ` +
        'control characters and lone surrogates are not allowed.',
    );
}

/** 1,234,567 — for messages. A text keeps its digits after the point. */
export function grouped(count: number | string): string {
  const [whole, fraction] = String(count).split('.');
  const spaced = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? spaced : `${spaced}.${fraction}`;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
