import { facilityPlaces } from "../_shared/reference/sample-facilities.ts";

/** Communes of the care facilities: facility code → commune code. */
type FacilityPlaces = ReadonlyMap<string, string>;

let places: FacilityPlaces | null = null;

/** Facilities that issue birth notices; null if this agency has no list and therefore accepts any facility. */
export function knownFacilities(): FacilityPlaces | null {
  return places;
}

/** Knows the facilities of the demo where the register has the demo's seeds. */
export async function knowSampleFacilities(_db: unknown, { seeds }: { seeds: boolean }): Promise<void> {
  if (seeds) places = facilityPlaces();
}
