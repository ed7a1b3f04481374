import type { Path } from "../../_shared/registers/act-problems.ts";
import type { BusinessPersonInput } from "../businesses/input.ts";
import type { HouseholdRegistration } from "./contents.ts";

type Registered = Pick<HouseholdRegistration, "name" | "address" | "sectors" | "capital">;

/** Details of a form, as the acts of officers have them. */
export function detailsOf({ name, address, sectors, capital }: Registered) {
  return {
    ...{ name, commune: address.commune, addressLine: address.line, industries: sectors },
    capitalVnd: capital ?? null,
  };
}

/** People of a household business; those of the form are the owner and the members, in this order. */
export function householdPeople(content: HouseholdRegistration): BusinessPersonInput[] {
  if ("people" in content) return content.people;
  return [
    { ...content.owner, role: "OWNER" },
    ...content.members.map((each) => ({ ...each, role: "MEMBER" as const })),
  ];
}

/** Path into a form for a path into the details. */
export function pathInForm([first = "", ...rest]: Path): Path {
  switch (first) {
    case "commune":
      return ["address", "commune"];
    case "addressLine":
      return ["address", "line"];
    case "industries":
      return ["sectors", ...rest];
    case "capitalVnd":
      return ["capital"];
    default:
      return [first, ...rest];
  }
}

/** Path into the form of a household business, which names an owner and members. */
export function pathInHouseholdForm([first = "", second, ...rest]: Path): Path {
  if (first !== "people") return pathInForm(second === undefined ? [first] : [first, second, ...rest]);
  if (second === undefined || Number(second) === 0) return ["owner", ...rest];
  return ["members", Number(second) - 1, ...rest];
}
