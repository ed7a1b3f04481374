import { expect, test } from "vitest";
import { aBirthRequest, submit } from "../given.ts";
import { citizen } from "../kit/ask-agency.ts";
import { sharedWorld } from "../world.ts";

const world = sharedWorld();

test("a citizen cannot submit for strangers and can submit as a parent", async () => {
  const own = aBirthRequest();
  const who = citizen(own.mother.personalId);
  const forOthers = await submit(world.current, aBirthRequest(), { who });
  expect(forOthers.data.submitBirthBundle).toMatchObject({
    dossier: null,
    problems: [{ code: "SUBMITTER_NOT_NAMED", path: ["declarant", "personalId"], agency: null }],
  });
  const forOwn = await submit(world.current, { ...own, channel: "ONLINE" }, { who });
  expect(forOwn.data.submitBirthBundle).toMatchObject({ dossier: { state: "AWAITING_CITIZEN" }, problems: [] });
});
