import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Caller } from "../../subgraphs/_shared/identity/caller.ts";
import { NO_LONGER_KEPT } from "../../subgraphs/_shared/parts/delivery.ts";
import { receivedParts } from "../../subgraphs/_shared/parts/tables.ts";
import { legalDayOf } from "../../subgraphs/_shared/reference/days.ts";
import type { AgencyCode } from "../../subgraphs/agency-registry.ts";
import { subgraphOf } from "../../subgraphs/agency-registry.ts";
import type { Harness } from "./harness.ts";
import { proceduresByAgency } from "./procedures-by-agency.ts";

const REFUSAL = {
  code: "PAPERS_NOT_SUBMITTED",
  message: "Người nộp không bổ sung giấy tờ",
  messageEn: "The papers were not submitted",
  legalBasis: "Nghị định 118/2025/NĐ-CP",
};

/** A part that an agency has not decided yet. */
export type OpenPart = { agency: AgencyCode; partId: string };

/** Parts that wait for an officer or for papers at an agency, oldest first. */
export async function openParts({ sql }: Pick<Harness, "sql">, agency: AgencyCode): Promise<OpenPart[]> {
  const rows = await sql(subgraphOf(agency).name)<{ partId: string }[]>`
    select part_id as "partId" from received_parts where state in ('PROCESSING', 'SUPPLEMENT_NEEDED')
     order by recorded_at, part_id`;
  return rows.map(({ partId }) => ({ agency, partId }));
}

/** Decides a part as the agency's officer: register entry and decision in one transaction. */
export async function decideByHand(
  { system }: Pick<Harness, "system">,
  { agency, partId }: OpenPart,
  grants: boolean,
): Promise<void> {
  const sql = postgres(system.databaseUrls[subgraphOf(agency).name], { max: 1, onnotice: () => {} });
  const now = new Date();
  const procedures = (await proceduresByAgency()).get(subgraphOf(agency).name) ?? [];
  try {
    await drizzle(sql).transaction(async (tx) => {
      const [row] = await tx.select().from(receivedParts).where(eq(receivedParts.partId, partId)).for("update");
      const handler = procedures.find(({ procedure }) => procedure === row?.procedure);
      if (!row?.dossier || !row.office || !handler) throw new Error(`${agency} has no open part ${partId}`);
      const { procedure, dossier, office } = row;
      const part = {
        id: partId,
        procedure,
        dossier,
        office,
        receivedAt: now,
        content: handler.content.parse(row.content),
      };
      const { found } = await handler.examine(tx, part);
      const granted = grants ? await handler.grant(tx, part, found, officer(agency, dossier), legalDayOf(now)) : null;
      await tx
        .update(receivedParts)
        .set({
          state: granted ? "GRANTED" : "REFUSED",
          resultType: granted?.result?.type ?? null,
          resultId: granted?.result?.id ?? null,
          facts: granted?.facts ?? null,
          refusal: granted ? null : REFUSAL,
          supplement: null,
          decidedAt: now,
          ...NO_LONGER_KEPT,
        })
        .where(eq(receivedParts.partId, partId));
    });
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function officer(agency: AgencyCode, purpose: string): Caller {
  return { subject: `officer:${agency}`, role: "service", agency, permissions: [], requestId: "campaign", purpose };
}
