import type { FoundProblem } from "../registers/problem-type.ts";
import type { TransferKind } from "./transfer-kind.ts";

/** A record of a file with its first line; `faults` where it is unreadable, and kind null where no kind has its name. */
export type ReadRecord =
  | { line: number; raw: object; kind: TransferKind | null; faults?: undefined }
  | { line: number; raw: object; faults: readonly FoundProblem[] };
