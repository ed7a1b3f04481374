import { service } from "./agency-under-test.ts";
import { type Check, expectEqual, expectThat, NotTestable } from "./check.ts";
import { cancel, check, deliver, newPart, status } from "./part-calls.ts";
import { CODE, expectAnswer, withContent } from "./part-expectations.ts";
import type { PartsFile } from "./parts-file.ts";

const CONCURRENT = 10;

/** Rules of `checkPart`. */
export function checkingChecks(file: PartsFile): Check[] {
  return [
    {
      name: "check: content that is granted has no problems and AUTOMATIC handling, and nothing is written",
      async run(agency) {
        const part = newPart(file);
        expectEqual("check", await check(agency, part), { handling: "AUTOMATIC", problems: [] });
        expectEqual("status after a check", await status(agency, part.id), null);
      },
    },
    {
      name: "check: two parts in one query, under aliases",
      async run(agency) {
        const [one, two] = [newPart(file), newPart(file)];
        const query = `query Each($p0: PartInput!, $p1: PartInput!) {
          p0: checkPart(part: $p0) { handling problems { code } } p1: checkPart(part: $p1) { handling problems { code } }
        }`;
        const { data } = await agency.ask(service(), query, { p0: one, p1: two });
        const clear = { handling: "AUTOMATIC", problems: [] };
        expectEqual("data", data, { p0: clear, p1: clear });
      },
    },
    withContent("check: content that is refused has a problem", file, "refused", async (agency, part) => {
      const { problems } = await check(agency, part);
      expectThat(problems.length > 0, "a problem", problems);
      for (const problem of problems) expectThat(CODE.test(problem.code), "a code in UPPER_SNAKE", problem);
    }),
    withContent("check: content for an officer has OFFICER handling", file, "officer", async (agency, part) => {
      expectEqual("handling", (await check(agency, part)).handling, "OFFICER");
    }),
  ];
}

/** Rules of `deliverPart`. */
export function deliveryChecks(file: PartsFile): Check[] {
  return [
    {
      name: "deliver: content that is granted is GRANTED, with the day of the decision and its facts",
      run: async (agency) => expectAnswer(await deliver(agency, newPart(file)), "GRANTED"),
    },
    {
      name: "deliver: the same part again gets the same answer",
      async run(agency) {
        const part = newPart(file);
        const answer = await deliver(agency, part);
        expectEqual("second answer", await deliver(agency, part), answer);
        expectEqual("status", await status(agency, part.id), answer);
      },
    },
    {
      name: "deliver: another body under a known id gets the stored answer",
      async run(agency) {
        const part = newPart(file);
        const answer = await deliver(agency, part);
        const other = { ...newPart(file), id: part.id };
        expectEqual("second answer", await deliver(agency, other), answer);
        expectEqual("status", await status(agency, part.id), answer);
      },
    },
    {
      name: `deliver: ${CONCURRENT} deliveries of one part at the same time are decided once`,
      async run(agency) {
        const part = newPart(file);
        const answers = await Promise.all(Array.from({ length: CONCURRENT }, () => deliver(agency, part)));
        expectAnswer(answers[0] ?? null, "GRANTED");
        for (const answer of answers) expectEqual("each answer", answer, answers[0]);
      },
    },
    sameFact(file),
    withContent("deliver: content that is refused is REFUSED, again too", file, "refused", async (agency, part) => {
      const answer = await deliver(agency, part);
      expectAnswer(answer, "REFUSED");
      expectEqual("second answer", await deliver(agency, part), answer);
      expectEqual("status", await status(agency, part.id), answer);
      expectEqual("answer to a cancellation", await cancel(agency, part.id), answer);
    }),
    withContent("deliver: content for an officer stays PROCESSING", file, "officer", async (agency, part) => {
      expectAnswer(await deliver(agency, part), "PROCESSING");
      expectAnswer(await status(agency, part.id), "PROCESSING");
    }),
  ];
}

function sameFact(file: PartsFile): Check {
  const content = newPart(file).content;
  return {
    name: "deliver: the same fact under two ids at the same time is granted once and refused once",
    async run(agency) {
      if (!file.grantedOnce) throw new NotTestable('the parts file does not state "grantedOnce": true');
      const parts = [newPart(file), newPart(file)].map((part) => ({ ...part, content }));
      const answers = await Promise.all(parts.map((part) => deliver(agency, part)));
      expectEqual("states", answers.map(({ state }) => state).sort(), ["GRANTED", "REFUSED"]);
    },
  };
}
