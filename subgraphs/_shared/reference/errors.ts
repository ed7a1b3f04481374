/** No commune in force has this code. Check codes of clients with `commune(code)` first. */
export function communeUnknown(code: string): Error {
  return new Error(`no commune ${JSON.stringify(code)} in the list of 2025-07-01`);
}

/** No province has had this code since July 2025, or one of our tables lacks it. */
export function provinceUnknown(code: string): Error {
  return new Error(`no province ${JSON.stringify(code)} in the list of 2025-07-01`);
}
