import type { Utf8 } from "../../utf8.ts";
import type { ExecutionError, Outcome, ResponsePath } from "../compiled-operation.ts";
import { type Blames, placeKey } from "./missing-data.ts";
import type { Fault, Writing } from "./writer.ts";

/**
 * An answer and all its errors: what subgraphs said, one for each hole that a failed fetch left, one for each denied place, and
 * one for each breach of the schema that none of these accounts for.
 */
export function outcome(
  text: string | undefined,
  writing: Writing,
  said: readonly ExecutionError[],
  blames: Blames,
): Outcome {
  const data = text ?? "null"; // of names, which are ASCII, and of what subgraphs sent, which is Utf8
  if (said.length === 0 && writing.faults.length === 0 && writing.placed.length === 0) {
    return { data: data as Utf8, errors: [] };
  }
  const errors = [...said, ...writing.placed];
  const saidAt = new Set(said.flatMap(({ path }) => (path ? [placeKey(path)] : [])));
  const breaches: Fault[] = [];
  const holes = new Set<string>();
  for (const fault of writing.faults) {
    const failure = blames.get(placeKey(fault.dataPath));
    if (!failure) {
      breaches.push(fault);
      continue;
    }
    if (failure.isSaid && isAtOrBelow(fault.path, saidAt)) continue;
    // Where even the root became null, the root field is the nearest thing that has a name.
    const path = fault.seenAt.length > 0 ? fault.seenAt : fault.path.slice(0, 1);
    const key = `${placeKey(path)} ${failure.message}`;
    if (holes.has(key)) continue;
    holes.add(key);
    errors.push({ message: failure.message, path, extensions: failure.extensions });
  }
  const explained = new Set(errors.flatMap(({ path }) => (path ? [placeKey(path)] : [])));
  const above = new Set(errors.flatMap(({ path = [] }) => path.map((_, length) => placeKey(path.slice(0, length)))));
  for (const { path, breach } of breaches) {
    if (above.has(placeKey(path)) || isAtOrBelow(path, explained)) continue;
    const message = `A subgraph's answer breaks the schema: ${breach ?? "a field was left out"}`;
    errors.push({ message, path, extensions: { code: "INTERNAL" } });
  }
  return { data: data as Utf8, errors };
}

function isAtOrBelow(path: ResponsePath, places: ReadonlySet<string>): boolean {
  return path.some((_, length) => places.has(placeKey(path.slice(0, length + 1))));
}
