import { expect, it } from "vitest";
import { aBirthRequest, submit } from "../given.ts";
import { problemsOf } from "../kit/dossier-outcomes.ts";
import { sharedWorld } from "../world.ts";

const world = sharedWorld();

it("a body that was refused with problems owns no idempotency key; the first durable body does, and its resend gives the dossier", async () => {
  const key = "key-owner-1";
  const refused = aBirthRequest();
  refused.child.sex = "UNKNOWN";
  expect(problemsOf(await submit(world.current, refused, { key }))).toMatchObject([{ code: "NOT_IN_CODE_LIST" }]);
  const owner = aBirthRequest();
  const { data } = await submit(world.current, owner, { key });
  const { code } = data.submitBirthBundle.dossier;
  expect(problemsOf(await submit(world.current, refused, { key }))).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  const again = await submit(world.current, owner, { key });
  expect(again.data.submitBirthBundle).toMatchObject({ dossier: { code }, problems: [] });
});
