import { afterEach, expect, it } from "vitest";
import { aBirthRequest, submit } from "../given.ts";
import { problemsOf } from "../kit/dossier-outcomes.ts";
import { sharedWorld } from "../world.ts";

const world = sharedWorld();
afterEach(() => world.current.demo.setFaultMode("ONE_STOP", "UP"));

it("a body that was refused with problems owns no idempotency key; the first durable body does, and its resend gives the dossier", async () => {
  const key = "key-owner-1";
  const refused = aBirthRequest();
  refused.child.ethnicity = "Abc";
  expect(problemsOf(await submit(world.current, refused, { key }))).toMatchObject([{ code: "ETHNICITY_UNKNOWN" }]);
  const owner = aBirthRequest();
  const { data } = await submit(world.current, owner, { key });
  const { code } = data.submitBirthBundle.dossier;
  expect(problemsOf(await submit(world.current, refused, { key }))).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  const again = await submit(world.current, owner, { key });
  expect(again.data.submitBirthBundle).toMatchObject({ dossier: { code }, problems: [] });
});

it("a body that became durable before a crash owns its idempotency key, though its response was lost", async () => {
  const key = "key-owner-2";
  const owner = aBirthRequest();
  world.current.demo.setFaultMode("ONE_STOP", "LOSES_ANSWERS"); // works, then closes the connection, as a crash after the commit does
  expect((await submit(world.current, owner, { key })).errors).toMatchObject([{ extensions: { code: "UNAVAILABLE" } }]);
  world.current.demo.setFaultMode("ONE_STOP", "UP");
  expect(problemsOf(await submit(world.current, aBirthRequest(), { key }))).toMatchObject([
    { code: "IDEMPOTENCY_CONFLICT" },
  ]);
  const again = await submit(world.current, owner, { key });
  expect(again.data.submitBirthBundle).toMatchObject({ dossier: { code: expect.any(String) }, problems: [] });
  const third = await submit(world.current, owner, { key });
  expect(third.data.submitBirthBundle.dossier.code).toBe(again.data.submitBirthBundle.dossier.code);
});

it("a body that never became durable owns no idempotency key: the first body after the crash does", async () => {
  const key = "key-owner-3";
  const lost = aBirthRequest();
  world.current.demo.setFaultMode("ONE_STOP", "DOWN"); // closes the connection before it works, as a crash before the commit does
  expect((await submit(world.current, lost, { key })).errors).toMatchObject([{ extensions: { code: "UNAVAILABLE" } }]);
  world.current.demo.setFaultMode("ONE_STOP", "UP");
  const owner = aBirthRequest();
  const { code } = (await submit(world.current, owner, { key })).data.submitBirthBundle.dossier;
  expect(problemsOf(await submit(world.current, lost, { key }))).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  expect((await submit(world.current, owner, { key })).data.submitBirthBundle.dossier.code).toBe(code);
});

it("of two bodies that are sent at once under one idempotency key one owns it, and each resend says which", async () => {
  const key = "key-owner-4";
  const bodies = [aBirthRequest(), aBirthRequest()];
  await Promise.all(bodies.map((body) => submit(world.current, body, { key })));
  const resends = await Promise.all(bodies.map((body) => submit(world.current, body, { key })));
  const owners = resends.filter(({ data }) => data.submitBirthBundle.dossier);
  expect(owners).toHaveLength(1);
  const loser = resends.find(({ data }) => !data.submitBirthBundle.dossier);
  expect(loser && problemsOf(loser)).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
});
