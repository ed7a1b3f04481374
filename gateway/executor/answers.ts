import type { Subgraph, SubgraphAnswer } from "../subgraphs/call.ts";
import { Unreachable } from "../subgraphs/unreachable.ts";
import { fillNulls } from "./fetched-fields.ts";
import type { Fetch, Targets } from "./fetches.ts";
import { isJsonObject } from "./json.ts";
import { merge } from "./merge.ts";
import type { Failure, Run } from "./run.ts";
import { errorsOf } from "./subgraph-errors.ts";
import type { Types } from "./types.ts";

/** Notes that a subgraph gave no usable answer. @throws whatever else went wrong. */
export function missAnswer(run: Run, fetch: Fetch, { agency }: Subgraph, error: unknown): void {
  if (!(error instanceof Unreachable)) throw error;
  const message = `${agency} cannot be reached: ${error.message}`;
  noteFailure(run, fetch, { message, extensions: { code: "UNAVAILABLE", agency } });
}

/**
 * Merges an answer into the data and takes its errors over. What a subgraph says of its whole answer is said at each place
 * that is null for it, like the want of any answer.
 */
export function takeAnswer(
  run: Run,
  fetch: Fetch,
  targets: Targets,
  { data, errors }: SubgraphAnswer,
  subgraph: Subgraph,
  types: Types,
): void {
  const said = Array.isArray(errors) && errors.length > 0;
  if (said) {
    const { placed, unplaced } = errorsOf(errors, run.data, fetch, targets, subgraph.name);
    for (const error of placed) run.errors.push(error);
    const [first] = unplaced;
    if (first && !hasData(data, targets)) {
      noteFailure(run, fetch, first);
      return;
    }
    for (const error of unplaced) run.errors.push(error);
  }
  const fault = takeData(fetch, targets, data, types);
  if (fault === undefined) return;
  if (fault === "nothing" && said) {
    for (const object of targets.objects) fillNulls(fetch, object, types);
    return;
  }
  noteFailure(run, fetch, {
    message: `A subgraph's answer breaks the protocol: ${fault}`,
    extensions: { code: "INTERNAL", serviceName: subgraph.name },
  });
}

function hasData(data: unknown, { asked }: Targets): boolean {
  return isJsonObject(data) && (!asked || Array.isArray(data._entities));
}

/** Gives what is wrong with the data: "nothing" where there are none, which is for the errors to explain. */
function takeData(fetch: Fetch, targets: Targets, data: unknown, types: Types): string | undefined {
  if (data === null || data === undefined) return "nothing";
  if (!isJsonObject(data)) return "its data are no object";
  const { objects, asked, count } = targets;
  if (!asked) {
    fetch.rewriteAnswer?.(data);
    for (let index = 0; index < objects.length; index++) merge(objects[index] ?? {}, data, types.abstract);
    return undefined;
  }
  const entities = data._entities;
  if (entities === null || entities === undefined) return "nothing";
  if (!Array.isArray(entities) || entities.length !== count) return "its entities are not those that were asked for";
  fetch.rewriteAnswer?.(entities);
  for (let index = 0; index < objects.length; index++) {
    const entity: unknown = entities[asked[index] ?? -1];
    const object = objects[index] ?? {};
    if (isJsonObject(entity)) merge(object, entity, types.abstract);
    else if (entity === null) fillNulls(fetch, object, types);
  }
  return undefined;
}

function noteFailure(run: Run, fetch: Fetch, { message, extensions }: Failure): void {
  run.failures ??= new Map();
  run.failures.set(fetch, { message, extensions });
}
