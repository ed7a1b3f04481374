import { parentPort, workerData } from "node:worker_threads";
import { lowerPriority } from "../thread-program.ts";
import type { Fonts } from "./drawing/sheet.ts";
import type { Paper } from "./paper.ts";
import { renderPaper } from "./render-paper.ts";

/** A paper to draw, and its number. */
export type DrawingTask = { number: number; paper: Paper };
/** The pages, or why they could not be drawn. */
export type DrawingResult = { number: number; bytes: Uint8Array } | { number: number; fault: string };

/** Program of the thread that draws papers. */
lowerPriority();
parentPort?.on("message", ({ number, paper }: DrawingTask) => {
  const tell = (result: DrawingResult) => parentPort?.postMessage(result);
  renderPaper(paper, workerData as Fonts).then(
    (bytes) => tell({ number, bytes }),
    (error: unknown) =>
      tell({ number, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
