import { randomUUID } from "node:crypto";
import { anonymous } from "../../subgraphs/_shared/identity/caller.ts";
import { service } from "./agency-under-test.ts";
import { type Check, expectEqual, expectThat } from "./check.ts";
import { expectRefused } from "./identity-checks.ts";
import { call, deliver, expectError, newPart, type Operation, status } from "./part-calls.ts";
import { expectAnswer, type Run } from "./part-expectations.ts";
import type { PartsFile } from "./parts-file.ts";

/** Rules of requests that an agency refuses. */
export function refusalChecks(file: PartsFile): Check[] {
  return [
    unwritten("content that does not fit is BAD_USER_INPUT and leaves the id free", file, async (agency, part) => {
      expectError(await call(agency, "deliver", { part: { ...part, content: file.unfit } }), "BAD_USER_INPUT");
    }),
    unwritten("a procedure that it does not decide is BAD_USER_INPUT", file, async (agency, part) => {
      for (const operation of ["check", "deliver"] as const) {
        const unknown = { ...part, procedure: "0.000000-conformance" };
        expectError(await call(agency, operation, { part: unknown }), "BAD_USER_INPUT");
      }
    }),
    {
      name: "an id that is not a UUID is BAD_USER_INPUT",
      async run(agency) {
        const [part, partId] = [{ ...newPart(file), id: "1" }, "1"];
        const calls: [Operation, object][] = [
          ["deliver", { part }],
          ["status", { partId }],
          ["instruct", { partId, instruction: { by: "officer", grant: { facts: {} } } }],
          ["cancel", { partId }],
          ["received", { first: 1, after: "1" }],
        ];
        for (const [operation, variables] of calls) {
          expectError(await call(agency, operation, variables), "BAD_USER_INPUT");
        }
      },
    },
    unwritten(
      "a caller without the permission is FORBIDDEN, the public UNAUTHENTICATED",
      file,
      async (agency, part) => {
        const calls: [Operation, object][] = [
          ["check", { part }],
          ["deliver", { part }],
          ["status", { partId: part.id }],
          ["instruct", { partId: part.id, instruction: { by: "officer", grant: { facts: {} } } }],
          ["cancel", { partId: part.id }],
          ["received", { first: 1, after: null }],
        ];
        for (const [operation, variables] of calls) {
          expectError(await call(agency, operation, variables, service([])), "FORBIDDEN");
          expectError(await call(agency, operation, variables, anonymous(randomUUID())), "UNAUTHENTICATED");
        }
      },
    ),
    unwritten("a delivery whose identity is refused", file, async (agency, part) => {
      const query = "mutation ($part: PartInput!) { deliverPart(part: $part) { state } }";
      const body = JSON.stringify({ query, variables: { part } });
      const forged = { key: { id: agency.keys[0]?.id ?? "", secret: "x".repeat(32) } };
      for (const identity of [undefined, agency.identity(body, service(), forged)]) {
        expectRefused(await agency.send(body, identity));
      }
    }),
    {
      ...unwritten("a delivery for which no time is left", file, async (agency, part) => {
        const { data } = await call(agency, "deliver", { part }, service(), { "x-request-deadline": "0" });
        expectThat(!data?.out, "no answer", data);
      }),
      level: "SHOULD",
    },
  ];
}

/** Check after which the agency must not know the part, and must decide it if it is delivered correctly. */
function unwritten(name: string, file: PartsFile, run: (...given: Parameters<Run>) => Promise<void>): Check {
  return {
    name: `writes nothing: ${name}`,
    async run(agency) {
      const part = newPart(file);
      await run(agency, part);
      expectEqual("status afterwards", await status(agency, part.id), null);
      expectAnswer(await deliver(agency, part), "GRANTED");
    },
  };
}
