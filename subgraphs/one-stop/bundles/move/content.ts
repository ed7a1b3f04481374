import type { MoveRequest } from "./move-request.ts";

/** Content of each step: the share of the request that its agency needs. */
export function contentFor(stepKey: string, request: MoveRequest): Record<string, unknown> {
  const { person, residence, careFacility, business } = request;
  switch (stepKey) {
    case "RESIDENCE":
      return residenceContent(request);
    case "CARE_FACILITY":
      return { insured: person, facility: careFacility?.facility, reason: residence ? "MOVE" : "REQUEST" };
    case "BUSINESS":
      return { code: business?.code, owner: person, businessAddress: business?.address };
    default:
      throw new Error(`No content is defined for step ${stepKey}`);
  }
}

function residenceContent({ person, members, residence, byCitizen = false }: MoveRequest): Record<string, unknown> {
  if (!residence) throw new Error("A request without a residence has no step for it");
  const { address } = residence;
  if (residence.kind === "TEMPORARY")
    return {
      person,
      members,
      byCitizen,
      temporaryAddress: address,
      until: residence.until,
      dwelling: residence.dwelling,
    };
  const { kind: _, address: __, ...registration } = residence;
  return { person, members, byCitizen, newAddress: address, ...registration };
}

/** Places in the input of the fields that contents have under another name. */
const PLACES: Record<string, readonly string[]> = {
  insured: ["person"],
  owner: ["person"],
  newAddress: ["permanentResidence", "address"],
  temporaryAddress: ["temporaryResidence", "address"],
  until: ["temporaryResidence", "until"],
  facility: ["careFacility", "facility"],
  reason: ["careFacility"],
  code: ["business", "code"],
  businessAddress: ["business", "address"],
};
const OF_REGISTRATION = new Set(["headName", "headPersonalId", "relationToHead", "hasConsent", "newHeads"]);

/** Path into the client's input for a path into a step's content. */
export function pathOf([first = "", ...rest]: readonly string[]): string[] {
  if (OF_REGISTRATION.has(first)) return ["permanentResidence", first, ...rest];
  return [...(PLACES[first] ?? [first]), ...rest];
}
