import { allCommunes, type Commune, commune } from "../reference/communes.ts";
import { allProvinces } from "../reference/provinces.ts";

/** The commune of the contract's sample and of the default persona: Phường Long Mỹ, Cần Thơ. */
export const DEFAULT_COMMUNE = "31471";

const PER_PROVINCE = 3;
const NEIGHBOURS_EACH_SIDE = 12;

/** The default commune, then, by code, the first three communes of each province and the neighbours of the default. */
export const SEEDED_COMMUNES: readonly string[] = seededCommunes();

function seededCommunes(): string[] {
  const codesOf = (province: string | undefined) =>
    allCommunes()
      .filter((each) => each.province === province)
      .map((each) => each.code);
  const firsts = allProvinces().flatMap(({ code }) => codesOf(code).slice(0, PER_PROVINCE));
  const around = codesOf(commune(DEFAULT_COMMUNE)?.province);
  const middle = around.indexOf(DEFAULT_COMMUNE);
  const neighbours = around.slice(middle - NEIGHBOURS_EACH_SIDE, middle + NEIGHBOURS_EACH_SIDE + 1);
  const others = new Set([...firsts, ...neighbours]);
  others.delete(DEFAULT_COMMUNE);
  return [DEFAULT_COMMUNE, ...[...others].sort()];
}

const AREAS = 12;
const FIRST_HOUSE = 20;

// southern provinces, which divide wards into khu phố and rural communes into ấp
const SOUTH = new Set(["75", "79", "80", "82", "86", "91", "92", "96"]);

/** Address line of the n-th household of a commune, such as "Số 21, khu vực 4"; unique in the commune. */
export function addressLineOf({ name, province }: Commune, n: number): string {
  return `Số ${FIRST_HOUSE + Math.floor(n / AREAS)}, ${neighbourhood(name.startsWith("Phường"), province)} ${1 + (n % AREAS)}`;
}

function neighbourhood(ward: boolean, province: string): string {
  if (!ward) return SOUTH.has(province) ? "ấp" : "thôn";
  if (province === "92") return "khu vực";
  return SOUTH.has(province) ? "khu phố" : "tổ dân phố";
}
