/** Beginnings of the types that the gateway takes, as one character for each byte. */
const BEGINNINGS = [
  /^%PDF-/,
  /^\u00ff\u00d8\u00ff/,
  /^\u0089PNG\r\n/,
  /^RIFF[\s\S]{4}WEBP/,
  /^[\s\S]{4}ftyphei[cx]/,
  /^(II\*\0|MM\0\*)/,
];
const SAMPLE_BYTES = 16;

/** True for a file that begins as one of the types that the gateway takes; the gateway looks at all of it. */
export async function hasPaperType(file: Blob): Promise<boolean> {
  const sample = new Uint8Array(await file.slice(0, SAMPLE_BYTES).arrayBuffer());
  const beginning = String.fromCharCode(...sample);
  return BEGINNINGS.some((each) => each.test(beginning));
}

/** Id of an attachment with this content; undefined in pages that come over plain http from another host, which cannot digest. */
export async function attachmentId(file: Blob): Promise<string | undefined> {
  const digest = await crypto.subtle?.digest("SHA-256", await file.arrayBuffer());
  if (!digest) return undefined;
  return `sha256:${[...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
