import { type SubgraphName, subgraphs } from "../../subgraphs/agency-registry.ts";
import type { Citizen } from "./answers.ts";

/** One row for each agency: who it is, and what it knows of the citizen. */
export function citizenTable(citizen: Citizen): string[] {
  const rows = subgraphs.map(({ name, vi, en }) => ({ agency: `${vi} / ${en}`, facts: known[name](citizen) }));
  const width = Math.max(...rows.map(({ agency }) => agency.length));
  return rows.flatMap(({ agency, facts }) =>
    facts.map((fact, line) => `${(line === 0 ? agency : "").padEnd(width)}  ${fact}`),
  );
}

const known: Record<SubgraphName, (citizen: Citizen) => string[]> = {
  "civil-status": ({ birth }) =>
    birth
      ? [
          `khai sinh số / birth ${birth.number}, ${birth.registeredOn}`,
          `mẹ / mother ${birth.mother?.fullName}, cha / father ${birth.father?.fullName ?? "–"}`,
        ]
      : [nothing],
  residence: ({ fullName, dateOfBirth, personalId, residency }) => [
    `${fullName}, ${dateOfBirth}, số định danh / personal number ${personalId}`,
    ...(residency?.household
      ? [
          `hộ / household ${residency.household.code}: ${residency.household.address?.line}, ${residency.household.address?.commune.name}`,
          ...(residency.household.members ?? []).map(
            ({ citizen, relationToHead }) => `  ${relationToHead}: ${citizen.fullName} (${citizen.personalId})`,
          ),
        ]
      : [nothing]),
  ],
  "health-insurance": ({ healthInsuranceCard: card }) =>
    card
      ? [
          `thẻ / card ${card.number}, ${card.validFrom} – ${card.validTo}`,
          `${card.facility?.name} (${card.facility?.code})`,
        ]
      : [nothing],
  land: ({ landCertificates }) => listed(landCertificates?.map(({ serial }) => serial)),
  business: ({ businesses }) => listed(businesses?.map(({ code, name }) => `${code} ${name}`)),
  "one-stop": ({ dossiers }) => listed(dossiers?.nodes.map(({ code, state }) => `hồ sơ / dossier ${code}: ${state}`)),
};

const nothing = "– (không có / none)";

function listed(entries: string[] | undefined): string[] {
  if (!entries) return ["không trả lời / no answer"];
  return entries.length > 0 ? entries : [nothing];
}
