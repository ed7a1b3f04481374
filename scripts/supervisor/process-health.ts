import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ports, ServerName } from "./server-processes.ts";
import { notReady } from "./start-failures.ts";

type HealthAnswer = { status: number; body: Record<string, unknown> };
type Say = (line: string) => void;
const PATIENCE_MS = 1_000;
/** A process that works off its load on a slow machine answers late, but is ready. */
const BUSY_PATIENCE_MS = 10_000;
const EVERY_MS = 50;
const NEWS_MS = 2_500;

/** Health response of a process on this machine; undefined when there is none within `patienceMs`, a second by default. */
export function askHealth(
  port: number,
  path: "/health/live" | "/health/ready",
  patienceMs = PATIENCE_MS,
): Promise<HealthAnswer | undefined> {
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port, path, agent: false, timeout: patienceMs }, (response) => {
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

/** Reason why a process is not ready; undefined when it is ready or in the fault mode DOWN (`isDown`). */
async function notReadyReason(name: ServerName, port: number, isDown: IsDown): Promise<string | undefined> {
  if (isDown(name)) return (await askHealth(port, "/health/live")) ? undefined : "no response yet";
  const answer = await askHealth(port, "/health/ready", BUSY_PATIENCE_MS);
  if (!answer) return "no response yet";
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

/** Tells whether the demo's fault mode of a process is DOWN: such a process need not become ready. */
export type IsDown = (name: ServerName) => boolean;

/**
 * Waits for processes; reports each that becomes ready, and regularly the ones that are not.
 * @throws NOT_READY after `patienceMs`; the signal's reason when it is aborted.
 */
export async function awaitReady(
  names: readonly ServerName[],
  ports: Ports,
  { say, patienceMs, isDown, signal }: { say: Say; patienceMs: number; isDown: IsDown; signal?: AbortSignal },
): Promise<void> {
  const began = performance.now();
  const missing = new Map<ServerName, string>(names.map((name) => [name, "no response yet"]));
  const reasons = () => [...missing].map(([name, why]) => `${name} (${why})`);
  let lastAnnouncedAt = began;
  const tell = (line: string) => {
    lastAnnouncedAt = performance.now();
    say(line);
  };
  const watch = async (name: ServerName): Promise<void> => {
    for (;;) {
      signal?.throwIfAborted();
      const why = await notReadyReason(name, ports[name], isDown);
      if (why === undefined) break;
      missing.set(name, why);
      const now = performance.now();
      if (now - began > patienceMs) throw notReady(reasons(), patienceMs / 1000);
      if (now - lastAnnouncedAt > NEWS_MS) tell(`Waiting for ${reasons().join(", ")}`);
      await sleep(EVERY_MS);
    }
    missing.delete(name);
    tell(isDown(name) ? `${name} runs in the fault mode DOWN` : `${name} is ready`);
  };
  await Promise.all(names.map(watch));
}
