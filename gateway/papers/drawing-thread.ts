import { Worker } from "node:worker_threads";
import { threadProgram } from "../thread-program.ts";
import { readFonts } from "./drawing/fonts.ts";
import type { Paper } from "./paper.ts";
import type { DrawingResult, DrawingTask } from "./paper-thread-program.ts";

type Waiting = { resolve(bytes: Buffer): void; reject(error: Error): void };

let thread: Promise<Worker> | undefined;
const waiting = new Map<number, Waiting>();
let lastNumber = 0;

/** Draws a paper on a thread of its own, since a drawing would stop all requests. The thread starts with the first paper. */
export async function drawPaper(paper: Paper): Promise<Buffer> {
  thread ??= openThread();
  const worker = await thread;
  return new Promise((resolve, reject) => {
    const task: DrawingTask = { number: ++lastNumber, paper };
    waiting.set(task.number, { resolve, reject });
    worker.postMessage(task);
  });
}

async function openThread(): Promise<Worker> {
  const program = await threadProgram("gateway/papers/paper-thread-program");
  const options = { name: "papers", workerData: readFonts(), env: {}, execArgv: [] }; // without the gateway's keys
  const worker =
    "file" in program ? new Worker(program.file, options) : new Worker(program.code, { ...options, eval: true });
  worker.unref(); // it does not keep a stopping gateway
  worker.on("message", (result: DrawingResult) => {
    const asked = waiting.get(result.number);
    waiting.delete(result.number);
    if ("bytes" in result) asked?.resolve(Buffer.from(result.bytes));
    else asked?.reject(new Error(result.fault));
  });
  const end = (error: Error) => {
    thread = undefined; // the next paper starts another one
    for (const each of waiting.values()) each.reject(error);
    waiting.clear();
  };
  worker.on("error", end);
  worker.on("exit", (code) => end(new Error(`The thread that draws papers has ended with code ${code}`)));
  return worker;
}
