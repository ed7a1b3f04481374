import type { TransferKind } from "./transfer-kind.ts";

/** A record of a file with its first line; `fault` where it is unreadable, and kind null where no kind has its name. */
export type ReadRecord =
  | { line: number; raw: object; kind: TransferKind | null; fault?: undefined }
  | { line: number; raw: object; fault: string };
