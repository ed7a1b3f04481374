import { allCommunes, type Commune, commune } from "./communes.ts";
import { communeUnknown } from "./errors.ts";
import { allProvinces } from "./provinces.ts";

const FIRST_ORDINAL = 101;

let agencyCodes: ReadonlyMap<string, string> | undefined;

/**
 * Agency code of a commune's one-stop desk (bộ phận một cửa), with which its dossier codes begin: the province's agency code
 * and a three-digit ordinal, such as "H13.152". The ordinals number the communes of a province in the order of their codes,
 * from 101. The published codes are incomplete, so `overrides` (commune code to agency code) replaces single ones; its
 * values must be unique. @throws if the commune is unknown
 */
export function officeAgencyCode(communeCode: string, overrides: Readonly<Record<string, string>> = {}): string {
  agencyCodes ??= countOffices();
  const code = Object.hasOwn(overrides, communeCode) ? overrides[communeCode] : agencyCodes.get(communeCode);
  if (code === undefined) throw communeUnknown(communeCode);
  return code;
}

/** Name of a commune's one-stop desk: "Bộ phận Một cửa Phường Long Mỹ". @throws if the commune is unknown */
export function officeName(communeCode: string): string {
  const place = commune(communeCode);
  if (place === undefined) throw communeUnknown(communeCode);
  return `Bộ phận Một cửa ${place.name}`;
}

function countOffices(): ReadonlyMap<string, string> {
  const communesOf = new Map<string, Commune[]>(allProvinces().map((each) => [each.code, []]));
  for (const each of allCommunes()) communesOf.get(each.province)?.push(each);
  return new Map(
    allProvinces().flatMap(({ code, agencyCode }) =>
      (communesOf.get(code) ?? []).map((each, index) => [each.code, `${agencyCode}.${FIRST_ORDINAL + index}`] as const),
    ),
  );
}
