/** Where care facilities stand: facility code → commune code. */
type FacilityPlaces = ReadonlyMap<string, string>;

let places: FacilityPlaces | null = null;

/** The facilities that birth notices may come from; null where this agency has no list, and doubts no notice for it. */
export function knownFacilities(): FacilityPlaces | null {
  return places;
}

export function knowFacilities(list: FacilityPlaces): void {
  places = list;
}
