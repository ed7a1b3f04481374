import { and, asc, eq, gt, isNotNull, or, sql } from "drizzle-orm";
import * as z from "zod";
import { cursorInstant, decodeCursor, pageOf, pageSize } from "../../_shared/registers/pages.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { ownProblem, type Problem } from "../acceptance/problems.ts";
import { applyAct } from "../casework/acts.ts";
import type { OneStopContext } from "../loaders.ts";
import { administeredDossiers } from "../rights.ts";
import { dossiers } from "../tables.ts";
import type { DeliveryProblem } from "./delivery-problem.ts";
import { deliveryNotStopped, retryReasonMissing } from "./problems.ts";
import { portalDeliveries } from "./tables.ts";

const deliveryCursor = z.tuple([cursorInstant, z.uuid()]);
const LONGEST_REASON = 300;

/** A stopped delivery with the code of its dossier. */
export type StoppedDelivery = { dossierCode: string; reason: DeliveryProblem; since: Date; words: string | null };

/** A page of the stopped deliveries within the caller's reach, the oldest first, and the state of the others. */
export async function stoppedDeliveries(ctx: OneStopContext, first: number, after: string | null) {
  const size = pageSize(first);
  const [at, id] = after ? decodeCursor(after, deliveryCursor) : [];
  const { dossierId, problem, problemAt, words } = portalDeliveries;
  const from =
    at === undefined || id === undefined
      ? undefined
      : or(gt(problemAt, new Date(at)), and(eq(problemAt, new Date(at)), gt(dossierId, id)));
  const { code: dossierCode, applicantPersonalId } = dossiers;
  const rows = await ctx.db
    .select({ dossierId, dossierCode, applicantPersonalId, problem, problemAt, words })
    .from(portalDeliveries)
    .innerJoin(dossiers, eq(dossiers.id, dossierId))
    .where(and(isNotNull(problem), administeredDossiers(ctx.caller), from))
    .orderBy(asc(problemAt), asc(dossierId))
    .limit(size + 1);
  const stopped = rows.flatMap(({ problem: reason, problemAt: since, ...rest }) =>
    reason === null || since === null ? [] : [{ ...rest, reason, since }],
  );
  const page = pageOf(stopped, size, (row) => [row.since.getTime(), row.dossierId]);
  for (const each of page.nodes) ctx.access.read(each.applicantPersonalId ?? each.dossierCode, each.dossierCode);
  return { ...page, ...(await waitingDeliveries(ctx)) };
}

async function waitingDeliveries(ctx: OneStopContext): Promise<{ waiting: number; unanswered: string | null }> {
  const { dossierId, nextAttemptAt, failures, words } = portalDeliveries;
  const [row] = await ctx.db
    .select({
      waiting: sql<number>`count(*)::int`,
      unanswered: sql<string | null>`max(${words}) filter (where ${failures} > 0)`,
    })
    .from(portalDeliveries)
    .innerJoin(dossiers, eq(dossiers.id, dossierId))
    .where(and(isNotNull(nextAttemptAt), administeredDossiers(ctx.caller)));
  return row ?? { waiting: 0, unanswered: null };
}

/**
 * Begins a stopped delivery again. Differences between portal and desk that were found are accepted with the reason, which the portal
 * shows where the status goes back. @throws NOT_FOUND if the dossier is not within the caller's reach
 */
export async function retryDelivery(
  ctx: OneStopContext,
  code: string,
  reason: string,
  idempotencyKey: string,
): Promise<Problem | null> {
  const [dossier] = await ctx.db
    .select({ id: dossiers.id })
    .from(dossiers)
    .where(and(eq(dossiers.code, code), administeredDossiers(ctx.caller)));
  if (!dossier) throw notFound("dossier");
  const text = reason.trim();
  if (text.length === 0 || text.length > LONGEST_REASON) return ownProblem(["reason"], retryReasonMissing());
  const body = { code, reason: text };
  const act = { kind: "RETRY_DELIVERY", idempotencyKey, body, dossierId: dossier.id, stepId: null } as const;
  return applyAct(ctx, act, async () => {
    const { dossierId, problem } = portalDeliveries;
    const [stopped] = await ctx.db
      .select({ dossierId })
      .from(portalDeliveries)
      .where(and(eq(dossierId, dossier.id), isNotNull(problem)));
    if (!stopped) return { problem: ownProblem(["dossier"], deliveryNotStopped()) };
    return {
      events: [],
      write: (tx) => tx`
        update portal_deliveries
           set accepted_differences = greatest(differences, accepted_differences),
               correction = case when problem in ('PORTAL_AHEAD', 'PORTAL_GAP', 'STATUS_BACKWARDS') then ${text} else correction end,
               problem = null, problem_at = null, refusals = 0, failures = 0, next_attempt_at = now()
         where dossier_id = ${dossier.id} and problem is not null`,
    };
  });
}

/** Remedy for a stopped delivery, in Vietnamese and English. */
export const REMEDIES: Readonly<Record<DeliveryProblem, readonly [vi: string, en: string]>> = {
  MAPPING_MISSING: [
    "Bổ sung mã này vào tệp NATIONAL_PORTAL_MAPPINGS rồi khởi động lại, hoặc gửi lại hồ sơ",
    "Add the code to the file NATIONAL_PORTAL_MAPPINGS and restart the desk: the delivery then goes on by itself",
  ],
  REFUSED: [
    "Xem nội dung trả lời của Cổng, xử lý nguyên nhân với đơn vị vận hành Cổng, rồi gửi lại",
    "Read the portal's words, settle the cause with its operator, then retry",
  ],
  PORTAL_AHEAD: [
    "Kiểm tra xem dữ liệu của bộ phận một cửa có bị khôi phục về thời điểm cũ không; bổ sung việc còn thiếu, rồi gửi lại kèm lý do",
    "Find out whether the desk's database was restored to an earlier moment; repeat the work that it lost, then retry with the reason",
  ],
  PORTAL_GAP: [
    "Cổng thiếu bước ở giữa nên không tự gửi bù; liên hệ đơn vị vận hành Cổng, rồi gửi lại kèm lý do",
    "The portal lost a step in the middle, which is not sent behind later ones; tell its operator, then retry with the reason",
  ],
  STATUS_BACKWARDS: [
    "Trạng thái trên Cổng đi trước hồ sơ; kiểm tra, rồi gửi lại kèm lý do đính chính mà người dân sẽ đọc được",
    "The portal's status is ahead of the dossier; check it, then retry with the reason of the correction, which the citizen reads",
  ],
};
