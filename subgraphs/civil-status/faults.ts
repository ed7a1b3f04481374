import type { PartProblem } from "../_shared/parts/procedure.ts";
import type { Parsed } from "../_shared/reference/identifiers/parsed.ts";
import { notInCodeList } from "./errors.ts";

/** Gathers what our parsers do not accept of one part's content. A value with a fault must never be registered. */
export class Faults {
  readonly found: PartProblem[] = [];

  /** The parsed value; or, with its fault kept, the value as it came: good enough to examine the others beside it. */
  take<T extends string>(path: string[], raw: string, parse: (raw: string) => Parsed<T>): T {
    const parsed = parse(raw);
    if (parsed.ok) return parsed.value;
    this.found.push({ ...parsed.fault, path });
    return raw as T;
  }

  takeOneOf<T extends string>(path: string[], raw: string, allowed: readonly T[]): T {
    if (!allowed.some((value) => value === raw)) this.found.push(notInCodeList(path, allowed));
    return raw as T;
  }
}
