import { describe, expect, it } from "vitest";
import { aBirthRequest, readDossier, submit } from "../given.ts";
import { clerk, contract, sharedWorld } from "../world.ts";

const world = sharedWorld();

describe("one request, three agencies", () => {
  it("one birth bundle request registers a birth, a residence and a card, each in its agency's register", async () => {
    const input = aBirthRequest();
    const { data, errors } = await submit(world.current, input);
    expect(errors).toBeUndefined();
    expect(data.submitBirthBundle.problems).toEqual([]);
    const { code, state, outcome } = data.submitBirthBundle.dossier;
    expect({ state, outcome }).toEqual({ state: "COMPLETED", outcome: "GRANTED" });

    const read = await readDossier(world.current, code);
    expect(read.errors).toBeUndefined();
    const [birth, residence, card] = read.data.dossier.parts;
    expect(birth.result).toMatchObject({ __typename: "BirthRegistration", child: { fullName: "Phạm Minh Khôi" } });
    expect(residence.result).toMatchObject({ __typename: "Residency", relationToHead: "CHILD" });
    expect(card.result).toMatchObject({
      __typename: "HealthInsuranceCard",
      validFrom: "2026-11-16",
      validTo: "2032-11-30",
    });

    const { personalId } = birth.result.child;
    const citizen = await world.current.ask(clerk, contract("citizen"), { personalId });
    expect(citizen.errors).toBeUndefined();
    expect(citizen.data.citizen).toMatchObject({
      personalId,
      fullName: "Phạm Minh Khôi",
      dateOfBirth: "2026-11-16",
      birth: { number: birth.result.number, mother: { fullName: input.mother.fullName } },
      healthInsuranceCard: { number: card.result.number },
      landCertificates: [],
      businesses: [],
      dossiers: { nodes: [{ code }] },
    });
  });
});
