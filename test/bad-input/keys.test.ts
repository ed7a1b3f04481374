import { describe, expect, it } from "vitest";
import { aBirthRequest, submit } from "../given.ts";
import { untouched } from "../kit/registers-unchanged.ts";
import type { Persona } from "../world.ts";
import { worldWithLongDeadlines } from "./refused-requests.ts";

const world = worldWithLongDeadlines();
const neighbour: Persona = { persona: "clerk", commune: "31426" };

describe("an idempotency key that is taken", () => {
  it("an idempotency key reused by its owner with another body names the existing dossier and changes nothing", async () => {
    const input = aBirthRequest();
    const first = await submit(world.current, input, { key: "taken" });
    const other = { ...input, channel: "POST" };
    const { data } = await untouched(world.current, () => submit(world.current, other, { key: "taken" }));
    expect(data.submitBirthBundle).toMatchObject({
      dossier: null,
      problems: [
        { code: "IDEMPOTENCY_CONFLICT", existingDossier: { code: first.data.submitBirthBundle.dossier.code } },
      ],
    });
  });

  it("an idempotency key reused by its owner with an invalid body gives the conflict alone", async () => {
    await submit(world.current, aBirthRequest(), { key: "taken-2" });
    const faulty = { ...aBirthRequest(), channel: "POST", office: "00000" };
    const { data } = await untouched(world.current, () => submit(world.current, faulty, { key: "taken-2" }));
    expect(data.submitBirthBundle.problems).toHaveLength(1);
  });

  it("an idempotency key of one owner is free for another owner and reveals nothing of the first dossier", async () => {
    const mine = await submit(world.current, aBirthRequest(), { key: "shared" });
    const input = { ...aBirthRequest(), office: "31426" };
    const theirs = await submit(world.current, input, { key: "shared", who: neighbour });
    const { dossier, problems } = theirs.data.submitBirthBundle;
    expect(problems).toEqual([]);
    expect(dossier.code).not.toBe(mine.data.submitBirthBundle.dossier.code);
    expect(dossier).toMatchObject({ state: "COMPLETED", outcome: "GRANTED" });
  });

  it("another owner's request for the same child is refused without naming a dossier the caller may not see", async () => {
    const input = aBirthRequest();
    const mine = await submit(world.current, input, { key: "shared-2" });
    const again = { ...input, office: "31426" };
    const theirs = await untouched(world.current, () =>
      submit(world.current, again, { key: "shared-2", who: neighbour }),
    );
    expect(theirs.data.submitBirthBundle).toMatchObject({
      dossier: null,
      problems: [{ code: "CHILD_ALREADY_REGISTERED", existingDossier: null }],
    });
    expect(JSON.stringify(theirs)).not.toContain(mine.data.submitBirthBundle.dossier.code);
  });
});
