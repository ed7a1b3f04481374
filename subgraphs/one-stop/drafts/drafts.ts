import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { recordChange } from "../../_shared/access-log/recorder.ts";
import { addDays, endOfDay, legalDayOf } from "../../_shared/reference/days.ts";
import { violatedUnique } from "../../_shared/serving/database.ts";
import { notFound, rateLimited } from "../../_shared/serving/errors.ts";
import { bodyHash, demandIdempotencyKey } from "../../_shared/serving/idempotency.ts";
import { idempotencyConflict, ownProblem, type Problem } from "../acceptance/problems.ts";
import type { OneStopContext } from "../loaders.ts";
import { attempt, draftCodeOf, newDraftCode } from "./draft-codes.ts";
import type { DraftInput } from "./input.ts";
import { draftChanged, draftMalformed, draftTooLarge, draftUsed } from "./problems.ts";
import { visibleDrafts } from "./rights.ts";
import { drafts } from "./tables.ts";
import type { DraftRow } from "./types.ts";

const MOST_BYTES = 64 * 1024;

type Written = { draft: DraftRow | null; problems: Problem[] };
const refused = (problem: Problem): Written => ({ draft: null, problems: [problem] });

/**
 * The draft with this code.
 * @throws NOT_FOUND if there is none, it has expired or the caller may not see it; RATE_LIMITED after twenty wrong codes
 */
export async function draftByCode(ctx: OneStopContext, typed: string): Promise<DraftRow> {
  const isMeant = and(eq(drafts.code, draftCodeOf(typed)), gt(drafts.expiresAt, ctx.now), visibleDrafts(ctx.caller));
  const attempted = await attempt(ctx, async (tx) => (await tx.select().from(drafts).where(isMeant))[0]);
  if ("lockedSeconds" in attempted) {
    const message = "Too many wrong codes; try again later (Nhập sai mã quá nhiều lần, đề nghị thử lại sau)";
    throw rateLimited(message, attempted.lockedSeconds);
  }
  const draft = attempted.found;
  if (!draft) throw notFound("draft");
  ctx.access.read(draft.declarantPersonalId ?? draft.code);
  return draft;
}

/** Creates a draft once for each key. */
export async function createDraft(ctx: OneStopContext, input: DraftInput, idempotencyKey: string): Promise<Written> {
  demandIdempotencyKey(idempotencyKey);
  const read = readContent(ctx, input);
  if ("problem" in read) return refused(read.problem);
  const hash = bodyHash(input);
  const owner = ctx.caller.subject;
  const row = { owner, idempotencyKey, bodyHash: hash, ...read, createdAt: ctx.now };
  for (;;) {
    const code = newDraftCode();
    try {
      await ctx.db.transaction(async (tx) => {
        await tx.insert(drafts).values({ code, ...row });
        await recordChange(tx, ctx.caller, [read.declarantPersonalId ?? code], ["Draft"]);
      });
    } catch (error) {
      const violated = violatedUnique(error);
      if (violated !== "drafts_owner_key" && violated !== "drafts_pkey") throw error;
    }
    const isSame = and(eq(drafts.owner, owner), eq(drafts.idempotencyKey, idempotencyKey));
    const [draft] = await ctx.db.select().from(drafts).where(isSame);
    if (!draft) continue; // the code was taken
    if (draft.bodyHash !== hash) return refused(ownProblem(["idempotencyKey"], idempotencyConflict()));
    ctx.access.read(draft.declarantPersonalId ?? draft.code);
    return { draft, problems: [] };
  }
}

/** Replaces a draft's content if nobody has replaced it since `revision`. A repetition changes nothing. */
export async function replaceDraft(
  ctx: OneStopContext,
  typed: string,
  revision: number,
  input: DraftInput,
): Promise<Written> {
  const read = readContent(ctx, input);
  if ("problem" in read) return refused(read.problem);
  const { code } = await draftByCode(ctx, typed);
  await ctx.db.transaction(async (tx) => {
    const isUnchanged = and(eq(drafts.code, code), eq(drafts.revision, revision), isNull(drafts.dossierId));
    const written = await tx
      .update(drafts)
      .set({ ...read, revision: sql`${drafts.revision} + 1` })
      .where(isUnchanged)
      .returning({ code: drafts.code });
    if (written.length > 0) await recordChange(tx, ctx.caller, [read.declarantPersonalId ?? code], ["Draft"]);
  });
  const draft = await draftByCode(ctx, code);
  if (draft.dossierId) return refused(ownProblem([], draftUsed()));
  const isWritten = draft.revision === revision + 1 && draft.contentHash === read.contentHash;
  return isWritten ? { draft, problems: [] } : refused(ownProblem(["revision"], draftChanged(draft.revision)));
}

type Columns = Pick<
  typeof drafts.$inferInsert,
  "kind" | "contentHash" | "updatedAt" | "declarantPersonalId" | "expiresAt"
> & { content: object };

/** Columns for a draft's content, or its problem. The draft's term begins again. */
function readContent(ctx: OneStopContext, { kind, content }: DraftInput): { problem: Problem } | Columns {
  const path = ["input", "content"];
  if (typeof content !== "object" || content === null || Array.isArray(content))
    return { problem: ownProblem(path, draftMalformed()) };
  const json = JSON.stringify(content);
  if (Buffer.byteLength(json) > MOST_BYTES) return { problem: ownProblem(path, draftTooLarge(MOST_BYTES / 1024)) };
  const { draftDays } = ctx.loaders.desk().configuration;
  return {
    // a copy, because graphql-js gives input literals no prototype, and drizzle refuses such objects
    ...{ kind, content: JSON.parse(json) as object, contentHash: bodyHash({ kind, content }), updatedAt: ctx.now },
    declarantPersonalId: declarantOf(content),
    expiresAt: endOfDay(addDays(legalDayOf(ctx.now), draftDays)),
  };
}

function declarantOf(content: object): string | null {
  const declarant = "declarant" in content ? content.declarant : null;
  const number = declarant && typeof declarant === "object" && "personalId" in declarant ? declarant.personalId : null;
  return typeof number === "string" ? number : null;
}
