import { element } from "../client/element.ts";

const TOKENS = /(#.*)|("(?:[^"\\\n]|\\.)*")|\b(query|mutation|subscription|on|true|false|null)\b|(\$\w+|\b\d[\d.]*\b)/g;
const CLASSES = ["comment", "string", "word", "value"] as const;

/** Text of GraphQL or JSON with its comments, strings, words and values marked. */
export function highlighted(text: string): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKENS)) {
    parts.push(text.slice(at, match.index));
    const kind = CLASSES[match.slice(1).findIndex((group) => group !== undefined)];
    parts.push(element("span", { class: `code-${kind}` }, match[0]));
    at = match.index + match[0].length;
  }
  return [...parts, text.slice(at)];
}
