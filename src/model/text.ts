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
  const spaced = groupedDigits(whole);
  return fraction === undefined ? spaced : `${spaced}.${fraction}`;
}

/** Every witness tells times: a search from every digit for the groups behind it would show in a short run. */
function groupedDigits(whole: string): string {
  if (!LONG_NUMBER.test(whole)) return whole;
  const firstDigit = whole.startsWith('-') ? 1 : 0;
  let rest = whole;
  let spaced = '';
  while (rest.length - firstDigit > GROUP) {
    spaced = `,${rest.slice(-GROUP)}${spaced}`;
    rest = rest.slice(0, -GROUP);
  }
  return rest + spaced;
}

const GROUP = 3;
const LONG_NUMBER = /^-?\d{4,}$/;

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
