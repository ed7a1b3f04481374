import { allCommunes } from "./communes.ts";

/**
 * A facility of first medical care (cơ sở khám chữa bệnh ban đầu, Law on Health Insurance, art. 26): five-digit code,
 * name, commune and province. All are invented, as "(mẫu)", sample, in each name shows.
 */
export type CareFacility = { code: string; name: string; commune: string; province: string };

// in the commune of the contract's sample; its code keeps the digits of the province before the merger
const REGIONAL_CENTRE: CareFacility = {
  code: "93012",
  name: "Trung tâm Y tế khu vực (mẫu)",
  commune: "31471",
  province: "92",
};

let byCommune: ReadonlyMap<string, readonly CareFacility[]> | undefined;
let inOrder: readonly CareFacility[] | undefined;

/** All facilities: one station in each commune, coded by province and a three-digit ordinal, and the regional centre. */
export function allFacilities(): readonly CareFacility[] {
  inOrder ??= [...facilitiesByCommune().values()].flat();
  return inOrder;
}

/** Facilities of a commune; none for an unknown commune. */
export function facilitiesOf(commune: string): readonly CareFacility[] {
  return facilitiesByCommune().get(commune) ?? [];
}

/** Communes of the facilities: facility code → commune code. */
export function facilityPlaces(): ReadonlyMap<string, string> {
  return new Map(allFacilities().map(({ code, commune }) => [code, commune]));
}

function facilitiesByCommune(): ReadonlyMap<string, readonly CareFacility[]> {
  byCommune ??= foundFacilities();
  return byCommune;
}

function foundFacilities(): ReadonlyMap<string, readonly CareFacility[]> {
  const ordinals = new Map<string, number>();
  return new Map(
    allCommunes().map(({ code: commune, name, province }) => {
      const ordinal = (ordinals.get(province) ?? 0) + 1;
      ordinals.set(province, ordinal);
      const code = province + String(ordinal).padStart(3, "0");
      const station: CareFacility = { code, name: `Trạm Y tế ${name} (mẫu)`, commune, province };
      return [commune, commune === REGIONAL_CENTRE.commune ? [REGIONAL_CENTRE, station] : [station]];
    }),
  );
}
