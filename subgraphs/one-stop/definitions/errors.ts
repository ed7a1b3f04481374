/** No bundle was in force on that day of receipt: before 01/07/2015 (TTLT 05/2015) there was none. */
export function noBundleInForce(receiptDay: string): Error {
  return new Error(`no life-event bundle was in force on ${receiptDay}`);
}

/** A dossier pins a version that this release does not know: an entry of the append-only definitions was lost. */
export function bundleVersionUnknown(id: string, version: number): Error {
  return new Error(`bundle ${id} has no version ${version} in this release; definitions are append-only`);
}

/** A step was asked for that the definition does not have. */
export function bundleStepUnknown(id: string, version: number, key: string): Error {
  return new Error(`bundle ${id} version ${version} has no step ${key}`);
}
