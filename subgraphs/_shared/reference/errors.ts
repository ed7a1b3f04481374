/** The code is of no commune in force; ask `commune(code)` first where it comes from outside. */
export function communeUnknown(code: string): Error {
  return new Error(`no commune ${JSON.stringify(code)} in the list of 2025-07-01`);
}

/** The code is of no province since July 2025, or one of our tables lacks it. */
export function provinceUnknown(code: string): Error {
  return new Error(`no province ${JSON.stringify(code)} in the list of 2025-07-01`);
}
