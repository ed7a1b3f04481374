import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { agencyClient } from "../../subgraphs/one-stop/saga/agency-client.ts";
import { NotAnswered } from "../../subgraphs/one-stop/saga/agency-requests.ts";

/** Takes every connection and says nothing, as a process does that stands still. */
const silent = createServer((socket) => void socket.on("error", () => {}));
afterEach(() => silent.close());

const part = { id: "p", procedure: "1.001193", dossier: "d", office: "31117", receivedAt: "2026-11-22", content: {} };

test("a check ends within its budget, however many deliveries wait for the same unresponsive agency", async () => {
  await new Promise<void>((resolve) => void silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as { port: number }; // listening on TCP
  const keys = [{ id: "k1", secret: "0123456789abcdef0123456789abcdef" }];
  const url = `http://127.0.0.1:${port}/graphql`;
  const agencies = agencyClient({ CIVIL_STATUS: { agency: "CIVIL_STATUS", name: "civil-status", url, keys } }, 60_000);
  const delivered: unknown[] = [];
  for (let i = 0; i < 200; i++) {
    agencies.deliver("CIVIL_STATUS", part, { onBehalfOf: "clerk" }).catch((error: unknown) => delivered.push(error));
  }
  const checks = Array.from({ length: 100 }, () =>
    agencies.check("CIVIL_STATUS", [part], { onBehalfOf: "clerk" }, 300),
  );
  const results = await Promise.allSettled(checks);
  expect(results.every((each) => each.status === "rejected" && each.reason instanceof NotAnswered)).toBe(true);
  expect(delivered).toEqual([]);
  await agencies.close();
}, 20_000);
