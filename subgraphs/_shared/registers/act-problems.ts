import type { Fault, Parsed } from "../reference/identifiers/parsed.ts";
import type { FoundProblem } from "./problem-type.ts";

/** Path into the input, whose numbers are the places in its lists. */
export type Path = readonly (string | number)[];

/** Collects all problems of an act, so that the officer gets them at once. */
export class Problems {
  readonly found: FoundProblem[] = [];

  add(path: Path, fault: Fault): void {
    this.found.push({ ...fault, path: path.map(String) });
  }

  /** The value; undefined, with the fault kept, if it is unreadable. */
  take<T>(path: Path, parsed: Parsed<T>): T | undefined {
    if (parsed.ok) return parsed.value;
    this.add(path, parsed.fault);
    return undefined;
  }
}
