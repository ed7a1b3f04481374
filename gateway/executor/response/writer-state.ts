import type { ResponsePath, Variables } from "../compiled-operation.ts";

/** A field by the name that the client gave it, and by that in the merged data. */
export type WrittenField = { name: string; dataName: string };

/** A null that was not asked for: where, and what is wrong with it. */
export type FieldError = {
  path: ResponsePath;
  /** The same place in the merged data. */
  dataPath: ResponsePath;
  /** Where the client sees it: the nearest null when the place itself may not be null. */
  nullPath: ResponsePath;
  /** What the schema says about it; undefined where the place may be null but nobody has said that it is. */
  violation: string | undefined;
};

/** An error that belongs to its place whatever the rest of the answer is, such as a denied field's. */
export type LocatedError = { path: ResponsePath; message: string; extensions: Record<string, unknown> };

/** One answer while it is being written. */
export type WriterState = {
  readonly variables: Variables;
  /** The place that is being written; what lies beyond its depth is old. */
  readonly path: (WrittenField | number)[];
  readonly fieldErrors: FieldError[];
  readonly denials: LocatedError[];
};

/**
 * Writes one value as JSON text. Undefined means that it must not be null but is: the nearest place that may be null becomes
 * it (GraphQL specification, "Handling Field Errors"). The writer knows its depth in `at`, so no path is passed on.
 */
export type WriteValue = (value: unknown, writing: WriterState) => string | undefined;

export function newWriterState(variables: Variables): WriterState {
  return { variables, path: [], fieldErrors: [], denials: [] };
}

/** The place that is being written, as the client sees it. */
export function responsePath({ path: at }: WriterState, depth: number): ResponsePath {
  return at.slice(0, depth).map((each) => (typeof each === "number" ? each : each.name));
}

export function addFieldError(writing: WriterState, depth: number, breach: string | undefined): void {
  const path = responsePath(writing, depth);
  const dataPath = writing.path.slice(0, depth).map((each) => (typeof each === "number" ? each : each.dataName));
  writing.fieldErrors.push({ path, dataPath, nullPath: path, violation: breach });
}

/** A place became null for something below it: that is where the client sees what was found since `mark`. */
export function propagateNull(writing: WriterState, mark: number, depth: number): void {
  const { fieldErrors: faults } = writing;
  const seenAt = responsePath(writing, depth);
  for (let index = mark; index < faults.length; index++) {
    const fault = faults[index];
    if (fault) fault.nullPath = seenAt;
  }
}
