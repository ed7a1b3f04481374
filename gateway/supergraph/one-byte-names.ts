import { compactUtf8 } from "../utf8.ts";

const NAME = /[_A-Za-z]\w*/g;

/**
 * Has V8 know every name of a schema by a string of one byte a character, for as long as what is returned is kept.
 *
 * V8 has one string for equal names of properties, and takes it for equal short values of JSON too: whichever was first. Where
 * a name was cut out of a text with a character beyond Latin-1 (a description), it takes two bytes a character, and so does
 * every question and answer in which `__typename` or a value of an enum is such a string.
 */
export function oneByteNames(sdl: string): object {
  const names: Record<string, true> = {};
  for (const name of new Set(sdl.match(NAME))) names[compactUtf8(name)] = true;
  return names;
}
