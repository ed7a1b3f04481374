import { describe, expect, it } from "vitest";
import { readDossier, submit } from "../given.ts";
import {
  changedRequest,
  checkResult,
  type InputChange,
  submitAccepted,
  worldWithLongDeadlines,
} from "./refused-requests.ts";

const world = worldWithLongDeadlines();

const child =
  (facts: object): InputChange =>
  (input) =>
    Object.assign(input.child, facts);

/** The state of the birth's part in a dossier. */
async function birthState(code: string): Promise<string> {
  const { data } = await readDossier(world.current, code);
  return data.dossier.parts.find((part: { agency: { code: string } }) => part.agency.code === "CIVIL_STATUS").state;
}

describe("a birth that is only doubtful", () => {
  it.each<[string, InputChange]>([
    ["of a notice from an unknown facility", child({ birthNotice: "00777.GCS.99999.26" })],
    ["of a notice from a facility of another province", child({ birthNotice: "00778.GCS.01001.26" })],
    [
      "of a notice of the year after, though born in summer",
      child({ dateOfBirth: "2025-07-01", birthNotice: "00779.GCS.93012.26" }),
    ],
    ["of a Vietnamese child whose name bears a hyphen", child({ ethnicity: "Ê Đê", fullName: "Y-Bhăm Niê" })],
    ["of a Vietnamese child with the ethnic group of foreigners", child({ ethnicity: "Người nước ngoài" })],
    ["of a child of another nationality", child({ nationality: "USA" })],
    ["of a Vietnamese child whose name has one word", child({ fullName: "Khôi" })],
    ["of a Vietnamese child whose name has letters of another language", child({ fullName: "Phạm Zoë" })],
    [
      "declared by a person whose right is proven by a paper",
      ({ declarant }) =>
        Object.assign(declarant, { relation: "AUTHORISED", personalId: null, fullName: "Nguyễn Văn Ủy" }),
    ],
    [
      "of a foreign mother of fifteen years",
      ({ mother, declarant }) => {
        Object.assign(mother, { personalId: null, nationality: "LAO", dateOfBirth: "2011-10-01" });
        Object.assign(declarant, { personalId: null });
      },
    ],
  ])("%s is accepted and waits for an officer", async (_, spoil) => {
    const input = changedRequest(spoil);
    expect(await checkResult(world.current, input)).toMatchObject({ ready: true, problems: [] });
    const { data } = await submit(world.current, input);
    expect(data?.submitBirthBundle.problems).toEqual([]);
    expect(await birthState(data.submitBirthBundle.dossier.code)).toBe("PROCESSING");
  });
});

describe("a residence that is only doubtful", () => {
  it("a child of the head who is declared as a grandchild waits for an officer of the police", async () => {
    const input = changedRequest(({ residence }) => Object.assign(residence ?? {}, { relationToHead: "GRANDCHILD" }));
    const { data } = await submit(world.current, input);
    const { dossier } = (await readDossier(world.current, data.submitBirthBundle.dossier.code)).data;
    const states = dossier.parts.map((part: { state: string }) => part.state);
    expect(states).toEqual(["GRANTED", "PROCESSING", "GRANTED"]);
  });
});

describe("a birth that is not doubtful", () => {
  it("a birth at a known facility is granted at once", async () => {
    expect(
      await birthState(
        await submitAccepted(
          world.current,
          changedRequest(() => {}),
        ),
      ),
    ).toBe("GRANTED");
  });

  it.each(["0912 345 678", "+84 912 345 678", "84912345678", "+819012345678"])(
    "a birth is tracked by the last digits of %s",
    async (phone) => {
      const code = await submitAccepted(
        world.current,
        changedRequest(({ declarant }) => Object.assign(declarant, { phone })),
      );
      const [kept] = await world.current.sql("one-stop")<{ last: string }[]>`
        select phone_last4 as last from dossiers where code = ${code}`;
      expect(kept?.last).toBe("5678");
    },
  );
});
