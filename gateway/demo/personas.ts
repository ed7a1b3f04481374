import { DEFAULT_COMMUNE, families, SEEDED_COMMUNES } from "../../subgraphs/_shared/demo/population.ts";
import { commune } from "../../subgraphs/_shared/reference/communes.ts";
import { permissionsOf, type Role } from "../../subgraphs/_shared/rights/permissions.ts";
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

type Place = { code: string; province: string };

/** What the token of each persona says of its place, for a commune. The contract's README names them. */
const PERSONAS = {
  clerk: ({ code }) => ({ office: code }),
  registrar: ({ code }) => ({ office: code, agency: "CIVIL_STATUS" }),
  police: ({ code }) => ({ office: code, agency: "RESIDENCE" }),
  insurer: ({ province }) => ({ province, agency: "HEALTH_INSURANCE" }),
  "land-officer": ({ province }) => ({ province, agency: "LAND" }),
  "business-officer": ({ province }) => ({ province, agency: "BUSINESS" }),
  leader: ({ code }) => ({ office: code }),
  portal: ({ province }) => ({ province }),
  citizen: ({ code }) => ({ personalId: seededMother(code) }),
} as const satisfies Partial<Record<Role, (place: Place) => Omit<PersonaClaims, "sub" | "role" | "scope">>>;

export type Persona = keyof typeof PERSONAS;
export const personas = Object.keys(PERSONAS) as Persona[]; // the keys of a const object are exactly its key type

/** The claims of a persona who serves (or lives in) a commune, the sample's unless told. @throws DevRefusal */
export function personaClaims(persona: string | undefined, communeCode: string = DEFAULT_COMMUNE): PersonaClaims {
  const role = personas.find((each) => each === persona);
  if (!role) throw devRefusal("persona", "names no persona", `use one of ${personas.join(", ")}`);
  const place = demandedCommune(communeCode);
  const scope = permissionsOf(role).join(" ");
  return { sub: `demo:${role}:${place.code}`, role, scope, ...PERSONAS[role](place) };
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
