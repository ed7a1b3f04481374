import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ports, ServerName } from "./server-processes.ts";
import { notReady } from "./start-failures.ts";

type HealthAnswer = { status: number; body: Record<string, unknown> };
type Say = (line: string) => void;
const PATIENCE_MS = 1_000;
const EVERY_MS = 50;
const NEWS_MS = 2_500;

/** Asks a part on this machine for its health; undefined if nobody answers within a second. */
export function askHealth(port: number, path: "/health/live" | "/health/ready"): Promise<HealthAnswer | undefined> {
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port, path, agent: false, timeout: PATIENCE_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: jsonObject(Buffer.concat(chunks)) }));
      response.on("error", () => resolve(undefined));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(undefined));
    request.on("close", () => resolve(undefined));
  });
}

function jsonObject(text: Buffer): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text.toString());
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

/** Why a part is not ready, in its own words; undefined when it is, or is down by the demo's choice (`isDown`). */
async function unready(part: ServerName, port: number, isDown: IsDown): Promise<string | undefined> {
  if (isDown(part)) return (await askHealth(port, "/health/live")) ? undefined : "no answer yet";
  const answer = await askHealth(port, "/health/ready");
  if (!answer) return "no answer yet";
  if (answer.status === 200) return undefined;
  const { reason, agencies } = answer.body;
  if (Array.isArray(agencies)) {
    const missing = (agencies as { name: ServerName; ready: boolean }[]).filter(
      ({ name, ready }) => !ready && !isDown(name),
    );
    return missing.length > 0 ? `waits for ${missing.map(({ name }) => name).join(", ")}` : undefined;
  }
  return typeof reason === "string" ? reason : "not ready yet";
}

/** Whether the demo's switch says that a part shall be down: then it is as it should be. */
export type IsDown = (part: ServerName) => boolean;

/**
 * Waits for the parts, telling each that becomes ready and from time to time what is missing.
 * @throws NOT_READY after `patienceMs`; the signal's reason when it is aborted.
 */
export async function awaitReady(
  parts: readonly ServerName[],
  ports: Ports,
  { say, patienceMs, isDown, signal }: { say: Say; patienceMs: number; isDown: IsDown; signal?: AbortSignal },
): Promise<void> {
  const began = performance.now();
  const missing = new Map<ServerName, string>(parts.map((part) => [part, "no answer yet"]));
  const words = () => [...missing].map(([part, why]) => `${part} (${why})`);
  let told = began;
  const tell = (line: string) => {
    told = performance.now();
    say(line);
  };
  const watch = async (part: ServerName): Promise<void> => {
    for (;;) {
      signal?.throwIfAborted();
      const why = await unready(part, ports[part], isDown);
      if (why === undefined) break;
      missing.set(part, why);
      const now = performance.now();
      if (now - began > patienceMs) throw notReady(words(), patienceMs / 1000);
      if (now - told > NEWS_MS) tell(`Waiting for ${words().join(", ")}`);
      await sleep(EVERY_MS);
    }
    missing.delete(part);
    tell(isDown(part) ? `${part} runs, and is down by the demo's choice` : `${part} is ready`);
  };
  await Promise.all(parts.map(watch));
}
