import type { Database } from "../../_shared/serving/database.ts";
import { officerName } from "../casework/parts.ts";
import { entriesAfter } from "../dossiers/history.ts";
import type { DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";

/** Officers who have received a dossier or decided a part of it so far, by their subjects. */
export async function concernedOfficers(
  { db, loaders }: Pick<OneStopContext, "db" | "loaders">,
  dossier: DossierRow,
): Promise<Map<string, string>> {
  const officers = new Map<string, string>();
  if (await isReceivedByClerk(db, dossier.id)) {
    const { owner: subject } = dossier;
    officers.set(subject, officerName({ role: "clerk", subject }));
  }
  for (const { decidedBy, decidedName } of await loaders.stepsByDossier.load(dossier.id))
    if (decidedBy !== null) officers.set(decidedBy, decidedName ?? decidedBy);
  return officers;
}

/** The first entry of a history names the role that submitted the dossier. */
async function isReceivedByClerk(db: Database, dossierId: string): Promise<boolean> {
  const [first] = await entriesAfter(db, dossierId, 0, 1);
  return first?.actor === "clerk";
}
