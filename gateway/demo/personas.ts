import { DEFAULT_COMMUNE, families, SEEDED_COMMUNES } from "../../subgraphs/_shared/demo/population.ts";
import { commune } from "../../subgraphs/_shared/reference/communes.ts";
import { officerOf, officers, permissionsOf, type Role } from "../../subgraphs/_shared/rights/permissions.ts";
import type { AgencyCode } from "../../subgraphs/agency-registry.ts";
import { devRefusal } from "./dev-refusal.ts";

/** The claims of a demo token, beside those that every token has. */
export type PersonaClaims = {
  sub: string;
  role: Role;
  scope: string;
  office?: string;
  province?: string;
  agency?: AgencyCode;
  personalId?: string;
};

/** Role that demo tokens are issued for. */
export type Persona = Exclude<Role, "anonymous" | "authenticated" | "service">;

type Place = { code: string; province: string };

/** Personas in the order in which they are shown. The contract's README names them. */
export const personas: readonly Persona[] = [
  "clerk",
  ...officers.map(({ role }) => role),
  "leader",
  "administrator",
  "portal",
  "citizen",
];

type PlaceClaims = Omit<PersonaClaims, "sub" | "role" | "scope">;

/** The claims of a persona's token that name its place. */
function placeClaims(role: Persona, { code, province }: Place): PlaceClaims {
  const officer = officerOf(role);
  if (officer) return { ...(officer.place === "office" ? { office: code } : { province }), agency: officer.agency };
  if (role === "citizen") return { personalId: seededMother(code) };
  if (role === "administrator") return {};
  return role === "portal" ? { province } : { office: code };
}

/** The claims of a persona that serves or lives in a commune, by default the sample's. @throws DevRefusal */
export function personaClaims(persona: string | undefined, communeCode: string = DEFAULT_COMMUNE): PersonaClaims {
  const role = personas.find((each) => each === persona);
  if (!role) throw devRefusal("persona", "names no persona", `use one of ${personas.join(", ")}`);
  const place = demandedCommune(communeCode);
  const scope = permissionsOf(role).join(" ");
  return { sub: `demo:${role}:${place.code}`, role, scope, ...placeClaims(role, place) };
}

/** @throws DevRefusal for a code that is not in the list of communes in force. */
export function demandedCommune(code: string): Place {
  const found = commune(code);
  if (found) return found;
  throw devRefusal(
    "commune",
    "is no commune in force since 1 July 2025",
    `use a five-digit code such as ${DEFAULT_COMMUNE}`,
  );
}

function seededMother(code: string): string {
  const [first] = families(code);
  if (first) return first.mother.personalId;
  const some = SEEDED_COMMUNES.slice(0, 5).join(", ");
  throw devRefusal("commune", "has no seeded citizens", `use one that has, such as ${some}`);
}
