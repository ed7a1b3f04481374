import cluster, { type Worker } from "node:cluster";
import type { Metrics } from "./metrics.ts";

/** A worker process asks for the metrics of all; the primary process asks each worker process for its own. */
type Message = { kind: "all metrics" | "own metrics"; id: number; text?: string };

/** A worker process that does not respond within this time is left out. */
const PATIENCE_MS = 2_000;

/** In the primary process: gathers metrics for the worker process that asks. @param numberOf label of a process */
export function relayMetrics(numberOf: (worker: Worker) => number | undefined): void {
  let asked = 0;

  function ownMetrics(worker: Worker): Promise<string> {
    const id = asked++;
    return new Promise((resolve) => {
      const answered = (message: unknown) => {
        if (isMessage(message) && message.kind === "own metrics" && message.id === id) end(message.text ?? "");
      };
      const late = setTimeout(() => end(""), PATIENCE_MS);
      const end = (text: string) => {
        clearTimeout(late);
        worker.off("message", answered);
        resolve(text);
      };
      worker.on("message", answered);
      worker.send({ kind: "own metrics", id } satisfies Message, (error) => error && end(""));
    });
  }

  cluster.on("message", async (asking, message) => {
    if (!isMessage(message) || message.kind !== "all metrics") return;
    const workers = Object.values(cluster.workers ?? {}).filter((each) => each?.isConnected());
    const texts = workers.map(async (worker) => worker && ([numberOf(worker), await ownMetrics(worker)] as const));
    const text = united((await Promise.all(texts)).filter((each) => each !== undefined));
    if (asking.isConnected())
      asking.send({ kind: "all metrics", id: message.id, text } satisfies Message, () => undefined);
  });
}

/** In a worker process: the metrics of all processes. Each sample has the label `process`. */
export function metricsOfAllProcesses(own: Pick<Metrics, "text">): Pick<Metrics, "text"> {
  const waiting = new Map<number, (text: string) => void>();
  let asked = 0;
  process.on("message", async (message) => {
    if (!isMessage(message)) return;
    if (message.kind === "own metrics") {
      process.send?.({ kind: "own metrics", id: message.id, text: await own.text() } satisfies Message);
    } else {
      waiting.get(message.id)?.(message.text ?? "");
      waiting.delete(message.id);
    }
  });
  return {
    text: () =>
      new Promise((resolve) => {
        const id = asked++;
        waiting.set(id, resolve);
        process.send?.({ kind: "all metrics", id } satisfies Message);
      }),
  };
}

function isMessage(message: unknown): message is Message {
  const kind = typeof message === "object" && message !== null && "kind" in message ? message.kind : undefined;
  return kind === "all metrics" || kind === "own metrics";
}

/** Several texts in the format of Prometheus as one. The format wants the samples of one metric together. */
function united(texts: readonly (readonly [number | undefined, string])[]): string {
  const metrics = new Map<string, { head: Set<string>; samples: string[] }>();
  for (const [number, text] of texts) {
    let metric: { head: Set<string>; samples: string[] } | undefined;
    for (const line of text.split("\n")) {
      const name = /^# \w+ (\S+)/.exec(line)?.[1];
      if (name !== undefined) {
        metric = metrics.get(name) ?? { head: new Set(), samples: [] };
        metrics.set(name, metric);
        metric.head.add(line);
      } else if (line !== "") metric?.samples.push(withLabel(line, `process="${number}"`));
    }
  }
  const blocks = [...metrics.values()].map(({ head, samples }) => [...head, ...samples, ""].join("\n"));
  return blocks.join("\n");
}

/** `name{a="b"} 1` or `name 1` with one more label. */
function withLabel(sample: string, label: string): string {
  return sample.replace(/^(\w+)(?:\{(.*)\})? /, (_, name, labels) => `${name}{${labels ? `${labels},` : ""}${label}} `);
}
