import { and } from "drizzle-orm";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { subgraphOf } from "../../agency-registry.ts";
import type { DossierDefinition } from "../definitions/definition.ts";
import { isLateOrAtRisk, totalWhere } from "../dossiers/dossier-list.ts";
import { pageWhere } from "../dossiers/dossier-pages.ts";
import type { Risk } from "../dossiers/enums.ts";
import type { DossierRow, StepRow } from "../dossiers/types.ts";
import { nameOfStep } from "../dossiers/waiting.ts";
import type { OneStopContext } from "../loaders.ts";
import { isReassignable } from "../rights.ts";
import { isTerminal, type StepState } from "../saga/state.ts";
import { type Holding, holderOf } from "../time-ledger/holdings.ts";
import { dossiersWithin, type Scope } from "./scope.ts";

/** Dossier that is late or at risk, with the part and the holder on whom it depends. */
export type LateDossier = {
  dossier: DossierRow;
  part: StepRow | null;
  risk: Risk;
  held: Omit<Holding, "at">;
  since: Date;
  reason: string;
  reasonEn: string;
  reassignable: boolean;
};

/** Order in which an open part explains why its dossier is not ended. */
const URGENCY: readonly StepState[] = ["PROCESSING", "SENT", "READY", "SUPPLEMENT_NEEDED", "BLOCKED"];

/** Page of the dossiers of a scope that are late or at risk, the first due first. */
export async function lateAndAtRisk(ctx: OneStopContext, scope: Scope, first: number, after: string | null) {
  const wanted = and(dossiersWithin(scope), isLateOrAtRisk(ctx.now));
  const { nodes, pageInfo } = await pageWhere(ctx.db, wanted, { order: "DUE_AT_ASC", first, after }, false);
  const total = totalWhere(ctx.db, wanted);
  return { nodes: await Promise.all(nodes.map((dossier) => lateDossier(ctx, dossier))), pageInfo, total };
}

async function lateDossier(ctx: OneStopContext, dossier: DossierRow): Promise<LateDossier> {
  const { loaders, now } = ctx;
  const steps = await loaders.stepsByDossier.load(dossier.id);
  const part = partInCharge(steps);
  const held = holderOf({ state: dossier.state, steps });
  const definition = await loaders.definitionByDossier.load(dossier.id);
  return {
    ...{ dossier, part, held },
    risk: now > dossier.dueAt ? "LATE" : "AT_RISK",
    since: new Date(dossier.holdings.at(-1)?.at ?? dossier.receivedAt),
    ...reasonOf(dossier, held, part && namesOf(definition, part), now),
    reassignable: part !== null && isReassignable(part),
  };
}

/** Open part on which the dossier depends: one that an officer has claimed first. */
function partInCharge(steps: readonly StepRow[]): StepRow | null {
  const open = steps.filter(({ part, state }) => part && !isTerminal(state));
  const [first] = open.toSorted(
    (a, b) =>
      URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state) ||
      Number(b.claimedBy !== null) - Number(a.claimedBy !== null),
  );
  return first ?? null;
}

type Names = { name: string; nameEn: string };

function namesOf(definition: DossierDefinition, step: StepRow): Names {
  const name = nameOfStep(definition, step);
  return { name, nameEn: definition.steps.find(({ key }) => key === step.key)?.titleEn ?? name };
}

/** Why a dossier is late or at risk, as a sentence. */
function reasonOf(
  { dueAt }: DossierRow,
  { holder, agency, officer }: LateDossier["held"],
  part: Names | null,
  now: Date,
) {
  const day = legalDayOf(dueAt);
  const shownDay = day.split("-").reverse().join("/");
  const [due, dueEn] =
    now > dueAt ? [`Quá hạn từ ${shownDay}`, `Late since ${day}`] : [`Đến hạn ${shownDay}`, `Due ${day}`];
  const [of, ofEn] = part ? [` về việc “${part.name}”`, ` about “${part.nameEn}”`] : ["", ""];
  const { vi, en } = subgraphOf(agency ?? "ONE_STOP");
  const sentences: Record<NonNullable<Holding["holder"]>, [vi: string, en: string]> = {
    DESK: [`chờ Bộ phận Một cửa xử lý${of}`, `the one-stop desk has to act${ofEn}`],
    OFFICER: [`${officer?.name} đang giải quyết${of}`, `${officer?.name} is at work${ofEn}`],
    AGENCY: [
      `chờ ${vi} giải quyết${of}, chưa có cán bộ nhận việc`,
      `waits for ${en}${ofEn}; no officer has claimed it`,
    ],
    CITIZEN: [`chờ công dân bổ sung hoặc nộp phí${of}`, `the citizen is awaited${ofEn}`],
    OUTAGE: [`${vi} chưa trả lời${of}, hệ thống tự động gửi lại`, `${en} does not respond${ofEn}; it is sent again`],
  };
  const [why, whyEn] = sentences[holder ?? "DESK"];
  return { reason: `${due}: ${why}`, reasonEn: `${dueEn}: ${whyEn}` };
}
