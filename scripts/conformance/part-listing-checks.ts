import { randomUUID } from "node:crypto";
import { type Check, expectEqual, expectThat } from "./check.ts";
import { call, deliver, expectError, newPart, received, status } from "./part-calls.ts";
import { idBefore } from "./part-expectations.ts";
import type { PartsFile } from "./parts-file.ts";

/** Rules of `partStatus` and `receivedParts`. */
export function listingChecks(file: PartsFile): Check[] {
  return [
    {
      name: "status: an id that never arrived is null",
      run: async (agency) => expectEqual("status", await status(agency, randomUUID()), null),
    },
    {
      name: "receivedParts: lists a delivered part, in ascending order of ids, page by page",
      async run(agency) {
        const parts = [newPart(file), newPart(file)].sort((one, other) => (one.id < other.id ? -1 : 1));
        for (const part of parts) await deliver(agency, part);
        for (const { id, procedure, dossier } of parts) {
          const [first, second] = await received(agency, 2, idBefore(id));
          expectEqual("first of the page", first, { id, procedure, dossier, state: "GRANTED" });
          expectThat(second === undefined || second.id > id, "the second has a greater id", second);
          const [next] = await received(agency, 1, id);
          expectEqual("the part after it", next, second);
        }
      },
    },
    {
      name: "receivedParts: refuses pages of 0 and of 1,001",
      async run(agency) {
        for (const first of [0, 1_001]) {
          expectError(await call(agency, "received", { first, after: null }), "BAD_USER_INPUT");
        }
      },
    },
  ];
}
