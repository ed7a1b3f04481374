import type { ResponsePath, Variables } from "../compiled-operation.ts";

/** A field by its response name and by its name in the merged data. */
export type WrittenField = { name: string; dataName: string };

/** A missing or invalid value (GraphQL specification, "field error"). */
export type FieldError = {
  path: ResponsePath;
  /** The same position in the merged data. */
  dataPath: ResponsePath;
  /** Position of the null in the response after null propagation. */
  nullPath: ResponsePath;
  /** Violation of the schema; undefined where the value may be null but is missing from the data. */
  violation: string | undefined;
};

/** An error whose path does not depend on null propagation, such as a denied field's. */
export type LocatedError = { path: ResponsePath; message: string; extensions: Record<string, unknown> };

/** State of one response while it is written. */
export type WriterState = {
  readonly variables: Variables;
  /** Current position; elements beyond the current depth are stale. */
  readonly path: (WrittenField | number)[];
  readonly fieldErrors: FieldError[];
  readonly locatedErrors: LocatedError[];
};

/**
 * Writes one value as JSON text. Undefined is a null that its type forbids: it propagates to the nearest nullable field (GraphQL
 * specification, "Handling Field Errors"). Each writer knows its depth, so no path is passed on.
 */
export type WriteValue = (value: unknown, state: WriterState) => string | undefined;

export function newWriterState(variables: Variables): WriterState {
  return { variables, path: [], fieldErrors: [], locatedErrors: [] };
}

/** Current position in the client's response. */
export function responsePath({ path }: WriterState, depth: number): ResponsePath {
  return path.slice(0, depth).map((each) => (typeof each === "number" ? each : each.name));
}

export function addFieldError(state: WriterState, depth: number, violation: string | undefined): void {
  const path = responsePath(state, depth);
  const dataPath = state.path.slice(0, depth).map((each) => (typeof each === "number" ? each : each.dataName));
  state.fieldErrors.push({ path, dataPath, nullPath: path, violation });
}

/** Moves the null of all field errors since index `from` up to the current position. */
export function propagateNull(state: WriterState, from: number, depth: number): void {
  const { fieldErrors } = state;
  const nullPath = responsePath(state, depth);
  for (let index = from; index < fieldErrors.length; index++) {
    const error = fieldErrors[index];
    if (error) error.nullPath = nullPath;
  }
}
