import { randomUUID } from "node:crypto";

/**
 * Placeholder of an exact number in the output of JSON.stringify, which cannot write a number's own text before Node.js 22. It is
 * random per process, and only numbers are put in its place, so that no text of a client or subgraph can act as one.
 */
const PLACEHOLDER = `exact-number-${randomUUID()}:`;
const PLACEHOLDERS = new RegExp(`"${PLACEHOLDER}(-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)"`, "g");

/** A JSON number that a double cannot represent, by its text. Custom scalars and IDs keep their digits this way. */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): string {
    return PLACEHOLDER + this.text;
  }
}

/** JSON.stringify with exact numbers. */
export function stringifyExactly(value: unknown): string | undefined {
  const text: string | undefined = JSON.stringify(value);
  return text?.includes(PLACEHOLDER) ? text.replace(PLACEHOLDERS, "$1") : text;
}

/** A number token as a number, or as an exact number where its text would change. */
export function exactNumber(token: string): number | ExactNumber {
  const number = Number(token);
  return String(number) === token ? number : new ExactNumber(token);
}

/** A string, skipped as a whole, or a number. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;

/** JSON.parse with exact numbers; several times slower, for JSON that is known to need it. @throws SyntaxError */
export function parseWithExactNumbers(json: string): unknown {
  const marked = json.replace(TOKENS, (token) =>
    token.startsWith('"') || String(Number(token)) === token ? token : `"${PLACEHOLDER}${token}"`,
  );
  const whole: Record<string, unknown> = { value: JSON.parse(marked) };
  // not by a reviver, whose recursion would end at some depth
  const pending: Record<string, unknown>[] = [whole];
  for (let container = pending.pop(); container; container = pending.pop()) {
    for (const [name, value] of Object.entries(container)) {
      if (typeof value === "string" && value.startsWith(PLACEHOLDER)) {
        const number = new ExactNumber(value.slice(PLACEHOLDER.length));
        Object.defineProperty(container, name, { value: number }); // an assignment to `__proto__` would be lost
      } else if (typeof value === "object" && value !== null) pending.push(value as Record<string, unknown>); // or a list
    }
  }
  return whole.value;
}

/** JSON.parse that switches to exact numbers where a number may have lost digits. @throws SyntaxError */
export function parseExactly(json: string): unknown {
  const parsed: unknown = JSON.parse(json);
  return losesDigits([parsed], json) ? parseWithExactNumbers(json) : parsed;
}

/**
 * True if any number in parsed values may differ from its text. The values are examined instead of the text, since strings are
 * skipped at no cost; the text is searched only where there are numbers, for forms that JavaScript writes in another way.
 */
export function losesDigits(values: unknown[], json: string): boolean {
  let hasNumbers = false;
  const pending = values;
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value === "number") {
      if (!Number.isInteger(value)) {
        if (!Number.isFinite(value)) return true;
      } else if (!Number.isSafeInteger(value) || Object.is(value, -0)) return true;
      hasNumbers = true;
    } else if (typeof value === "object" && value !== null) {
      for (const each of Object.values(value)) if (each !== undefined && typeof each !== "string") pending.push(each);
    }
  }
  return hasNumbers && hasOtherForm(json);
}

const EXPONENT = /[0-9][eE][0-9+-]/g;

/** True if a text contains a number that JavaScript would write in another form, such as `12.50`, `1e2` or one of 20 digits. */
function hasOtherForm(json: string): boolean {
  for (let point = json.indexOf("."); point >= 0; point = json.indexOf(".", point + 1)) {
    if (isOtherForm(json, point)) return true;
  }
  EXPONENT.lastIndex = 0;
  while (EXPONENT.test(json)) if (isOtherForm(json, EXPONENT.lastIndex - 1)) return true;
  return false;
}

/** Examines the number around a position. One inside a string counts if it stands there like a value, which is rare. */
function isOtherForm(json: string, at: number): boolean {
  let start = at;
  while (isInNumber(json.charCodeAt(start - 1))) start--;
  if (!isSeparator(json.charCodeAt(start - 1))) return false;
  let end = at + 1;
  while (isInNumber(json.charCodeAt(end))) end++;
  if (!isSeparator(json.charCodeAt(end))) return false;
  const token = json.slice(start, end);
  const number = Number(token);
  return !Number.isNaN(number) && String(number) !== token;
}

/** Comparisons, because a set of codes takes a third longer (measured). */
function isInNumber(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 46 || code === 101 || code === 69 || code === 43 || code === 45; // 0-9 . e E + -
}

function isSeparator(code: number): boolean {
  return (
    code === 44 || code === 58 || code === 125 || code === 93 || code === 91 || code === 32 || (code >= 9 && code <= 13)
  ); // , : } ] [ and white space
}
