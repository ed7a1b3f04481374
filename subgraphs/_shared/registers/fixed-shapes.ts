/*
 * Texts of a fixed shape within JSON in less than half of their bytes: UUIDs, days and longer numbers. A control character, which JSON
 * never contains, stands before each and names the shape. The text comes back exactly as it was.
 */

const SHAPES = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d{2}-\d{2}|\d{6,14}/g;

const UUID = 1;
const DAY = 2;
/** The mark of a number of 6 digits is 3, of 7 digits 4, and so on up to 14 digits. */
const DIGITS_BEFORE_MARK = 3;
const SPACE = 0x20;

const UUID_BYTES = 16;
const MS_OF_DAY = 86_400_000;
/** Days are counted from 1900 on; two bytes reach the year 2079. */
const FIRST_DAY_MS = Date.UTC(1900, 0, 1);
const LAST_DAY = 0xffff;

/** UTF-8 of a JSON text, with the texts of a fixed shape as bytes. */
export function shortenShapes(json: string): Buffer {
  const pieces: Buffer[] = [];
  let end = 0;
  for (const { 0: text, index } of json.matchAll(SHAPES)) {
    const short = shortened(text);
    if (!short) continue;
    pieces.push(Buffer.from(json.slice(end, index)), short);
    end = index + text.length;
  }
  pieces.push(Buffer.from(json.slice(end)));
  return Buffer.concat(pieces);
}

/** JSON text that `shortenShapes` has shortened. */
export function restoreShapes(bytes: Buffer): string {
  let json = "";
  let end = 0;
  for (let at = 0; at < bytes.length; at++) {
    const mark = bytes[at] ?? SPACE;
    if (mark >= SPACE) continue;
    const length = bytesAfter(mark);
    json += bytes.toString("utf8", end, at) + restored(mark, bytes.subarray(at + 1, at + 1 + length));
    at += length;
    end = at + 1;
  }
  return json + bytes.toString("utf8", end);
}

/** @returns null for what has the shape of a day and is none, or not of these two centuries */
function shortened(text: string): Buffer | null {
  if (text.length === 36) return Buffer.from(`0${UUID}${text.replaceAll("-", "")}`, "hex");
  const mark = text[4] === "-" ? DAY : text.length - DIGITS_BEFORE_MARK;
  const number = mark === DAY ? (Date.parse(text) - FIRST_DAY_MS) / MS_OF_DAY : Number(text);
  if (mark === DAY && !(number >= 0 && number <= LAST_DAY && dayOf(number) === text)) return null;
  const short = Buffer.alloc(1 + bytesAfter(mark), mark);
  short.writeUIntBE(number, 1, short.length - 1);
  return short;
}

function restored(mark: number, short: Buffer): string {
  if (mark === UUID) return short.toString("hex").replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  const number = short.readUIntBE(0, short.length);
  return mark === DAY ? dayOf(number) : String(number).padStart(mark + DIGITS_BEFORE_MARK, "0");
}

function bytesAfter(mark: number): number {
  if (mark === UUID) return UUID_BYTES;
  const values = mark === DAY ? LAST_DAY : 10 ** (mark + DIGITS_BEFORE_MARK);
  return Math.ceil(Math.log2(values) / 8);
}

function dayOf(number: number): string {
  return new Date(FIRST_DAY_MS + number * MS_OF_DAY).toISOString().slice(0, 10);
}
