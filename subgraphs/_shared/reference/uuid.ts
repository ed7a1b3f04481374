const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** True for the text of a UUID. PostgreSQL fails on any other text, which names no entry. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
