import { type Check, expectEqual, expectThat } from "./check.ts";
import { cancel, deliver, newPart, received, status } from "./part-calls.ts";
import { expectAnswer, idBefore, withContent } from "./part-expectations.ts";
import type { PartsFile } from "./parts-file.ts";

/** Rules of `cancelPart`. */
export function cancellationChecks(file: PartsFile): Check[] {
  return [
    {
      name: "cancel: a part that was granted stays GRANTED",
      async run(agency) {
        const part = newPart(file);
        const answer = await deliver(agency, part);
        expectEqual("answer to the cancellation", await cancel(agency, part.id), answer);
        expectEqual("status", await status(agency, part.id), answer);
      },
    },
    {
      name: "cancel: a part that never arrived leaves a tombstone, and its late delivery is not decided",
      async run(agency) {
        const part = newPart(file);
        const tombstone = await cancel(agency, part.id);
        expectAnswer(tombstone, "CANCELLED");
        expectEqual("answer to the late delivery", await deliver(agency, part), tombstone);
        expectEqual("second cancellation", await cancel(agency, part.id), tombstone);
        expectEqual("status", await status(agency, part.id), tombstone);
        const [entry] = (await received(agency, 1_000, idBefore(part.id))).filter(({ id }) => id === part.id);
        expectEqual("entry", entry, { id: part.id, procedure: "unknown", dossier: null, state: "CANCELLED" });
      },
    },
    {
      name: "cancel: beside a delivery of the same part, both get the same answer in the end",
      async run(agency) {
        const part = newPart(file);
        await Promise.all([deliver(agency, part), cancel(agency, part.id)]);
        const answer = await status(agency, part.id);
        expectThat(["GRANTED", "CANCELLED"].includes(answer?.state ?? ""), "GRANTED or CANCELLED", answer);
        expectEqual("delivery afterwards", await deliver(agency, part), answer);
        expectEqual("cancellation afterwards", await cancel(agency, part.id), answer);
      },
    },
    withContent("cancel: a part that waits for an officer becomes CANCELLED", file, "officer", async (agency, part) => {
      await deliver(agency, part);
      expectAnswer(await cancel(agency, part.id), "CANCELLED");
      expectAnswer(await deliver(agency, part), "CANCELLED");
    }),
  ];
}
