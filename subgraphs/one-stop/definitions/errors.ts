/** A dossier pins a version that this release does not have: an entry of the append-only definitions is missing. */
export function definitionUnknown(id: string, version: number): Error {
  return new Error(`Definition ${id} has no version ${version} in this release; definitions are append-only`);
}

/** A step is not in the definition. */
export function stepUnknown(id: string, version: number, key: string): Error {
  return new Error(`Definition ${id} version ${version} has no step ${key}`);
}
