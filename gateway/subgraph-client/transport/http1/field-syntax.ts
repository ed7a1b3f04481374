/** Syntax of HTTP header fields. Lines are never folded (RFC 9112, section 5.2). */

/** A token (RFC 9110, section 5.6.2) and a character of a field value (section 5.5), as parts of regular expressions. */
export const TOKEN = "[!#$%&'*+.^_`|~\\w-]+";
export const VALUE_CHARACTER = String.raw`[\t\x20-\x7e\x80-\xff]`;
/** A field line (RFC 9112, section 5). */
export const FIELD_LINE = `${TOKEN}:${VALUE_CHARACTER}*\\r\\n`;

const WHOLE_FIELD_LINE = new RegExp(`^${FIELD_LINE}$`);
const ILLEGAL_CHARACTER = /[^\t\x20-\x7e\x80-\xff]/;

export function isFieldLine(line: string): boolean {
  return WHOLE_FIELD_LINE.test(line);
}

/** True if a text is legal as a field value: it cannot end the line and begin another field. */
export function isFieldValue(text: string): boolean {
  return !ILLEGAL_CHARACTER.test(text); // twice as fast as a test that all characters are legal (measured)
}

/** The field value between a line's colon and its end, without optional white space (RFC 9110, section 5.6.3). */
export function fieldValue(text: string, colon: number, end: number): string {
  let [from, to] = [colon + 1, end];
  while (isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
