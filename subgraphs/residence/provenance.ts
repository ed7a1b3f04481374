import type { Part } from "../_shared/parts/procedure.ts";
import { commune } from "../_shared/reference/communes.ts";
import { badUserInput } from "../_shared/serving/errors.ts";

/** By which dossier an entry came, and the commune and province of the desk that received it. */
export type Provenance = { dossier: string; office: string; officeProvince: string };

/** @throws BAD_USER_INPUT when the office is no commune: one-stop knows its offices, so this is a fault of the request. */
export function provenanceOf({ dossier, office }: Pick<Part<unknown>, "dossier" | "office">): Provenance {
  const place = commune(office);
  if (!place) throw badUserInput("The receiving office is no commune in force", "part.office");
  return { dossier, office, officeProvince: place.province };
}
