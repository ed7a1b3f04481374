import { subgraphs } from "../../../../subgraphs/agency-registry.ts";
import { language } from "../client/language.ts";
import type { Agency } from "./agency-card.ts";

/** Agencies of the picture in its order: those of a 3-in-1, the desk, then the others. */
export const agencies: readonly Agency[] = subgraphs.map(({ name, agency, vi, en }) => ({
  name,
  code: agency,
  title: language === "en" ? en : vi,
}));
