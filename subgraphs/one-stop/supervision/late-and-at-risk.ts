import { and } from "drizzle-orm";
import { legalDayOf } from "../../_shared/reference/days.ts";
import { writtenDay } from "../../_shared/reference/written-day.ts";
import { subgraphOf } from "../../agency-registry.ts";
import type { DossierDefinition } from "../definitions/definition.ts";
import { isLateOrAtRisk, totalWhere } from "../dossiers/dossier-list.ts";
import { pageWhere } from "../dossiers/dossier-pages.ts";
import type { Risk } from "../dossiers/enums.ts";
import type { DossierRow, StepRow } from "../dossiers/types.ts";
import { isUnanswered, nameOfStep } from "../dossiers/waiting.ts";
import type { OneStopContext } from "../loaders.ts";
import { beginCount } from "../paging/counting.ts";
import { isReassignable, supervises } from "../rights.ts";
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

/** `asksForTotal`: the total is counted while the page is read. */
type Question = { first: number; after: string | null; asksForTotal: boolean };

/** Page of the dossiers of a scope that are late or at risk, the first due first. */
export async function lateAndAtRisk(ctx: OneStopContext, scope: Scope, { asksForTotal, ...page }: Question) {
  const wanted = and(dossiersWithin(scope), isLateOrAtRisk(ctx.now));
  const total = totalWhere(ctx.db, wanted);
  if (asksForTotal) beginCount(total);
  const { nodes, pageInfo } = await pageWhere(ctx.db, wanted, { order: "DUE_AT_ASC", ...page }, false);
  return { nodes: await Promise.all(nodes.map((dossier) => lateDossier(ctx, dossier))), pageInfo, total };
}

async function lateDossier(ctx: OneStopContext, dossier: DossierRow): Promise<LateDossier> {
  const { loaders, now } = ctx;
  const steps = await loaders.stepsByDossier.load(dossier.id);
  const held = holderOf({ state: dossier.state, steps });
  const step = stepInCharge(steps, held);
  const part = stepInCharge(
    steps.filter((each) => each.part),
    held,
  );
  const definition = await loaders.definitionByDossier.load(dossier.id);
  return {
    ...{ dossier, part, held },
    risk: now > dossier.dueAt ? "LATE" : "AT_RISK",
    since: new Date(dossier.holdings.at(-1)?.at ?? dossier.receivedAt),
    ...reasonOf(dossier, held, step && namesOf(definition, step), now),
    reassignable: part !== null && isReassignable(part) && supervises(ctx.caller, part.office),
  };
}

/** Open step on which the dossier depends: what its holder has to do, else one that an officer has claimed first. */
function stepInCharge(steps: readonly StepRow[], held: LateDossier["held"]): StepRow | null {
  const open = steps.filter(({ state }) => !isTerminal(state));
  const [first] = open.toSorted(
    (a, b) =>
      Number(isAwaitedFrom(held, b)) - Number(isAwaitedFrom(held, a)) ||
      URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state) ||
      Number(b.claimedBy !== null) - Number(a.claimedBy !== null),
  );
  return first ?? null;
}

/** True for a step whose papers the citizen is asked for, or to which the unresponsive agency does not respond. */
function isAwaitedFrom({ holder, agency }: LateDossier["held"], step: StepRow): boolean {
  if (holder === "CITIZEN") return step.state === "SUPPLEMENT_NEEDED";
  return holder === "OUTAGE" && step.agency === agency && isUnanswered(step);
}

type Names = { name: string; nameEn: string };

function namesOf(definition: DossierDefinition, step: StepRow): Names {
  const name = nameOfStep(definition, step);
  return { name, nameEn: definition.steps.find(({ key }) => key === step.key)?.titleEn ?? name };
}

/** Reason why a dossier is late or at risk, as a sentence. */
function reasonOf(
  { dueAt }: DossierRow,
  { holder, agency, officer }: LateDossier["held"],
  part: Names | null,
  now: Date,
) {
  const day = legalDayOf(dueAt);
  const shownDay = writtenDay(day);
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
