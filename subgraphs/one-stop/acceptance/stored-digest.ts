/** First half of a SHA-256 digest as a UUID, which takes a third of the bytes of a text in a table and in its index. */
export function uuidOfDigest(digest: Buffer): string {
  return digest.toString("hex", 0, 16).replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
