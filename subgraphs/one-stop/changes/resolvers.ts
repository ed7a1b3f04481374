import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root, Subscription } from "type-graphql";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import type { OneStopContext } from "../loaders.ts";
import { NATIONAL_STATUS } from "../saga/state.ts";
import { changedPart } from "./changed-part.ts";
import { type ChangeEvent, followChanges, listChanges } from "./changes.ts";
import { cursorOfChange } from "./marks.ts";
import {
  type Change,
  ChangedDossier,
  ChangedPart,
  DossierChange,
  DossierChangeConnection,
  DossierChangeFilter,
} from "./types.ts";

@Resolver(() => DossierChange)
export class DossierChangeResolver {
  @RequiresScopes("dossier:read")
  @Directive(PAGED)
  @Query(() => DossierChangeConnection, {
    nullable: true,
    description:
      "All changes of the dossiers within the caller's reach, each once and in one order that never changes (các thay đổi của hồ sơ). BAD_USER_INPUT with `reason: CURSOR_EXPIRED` where the changes after the cursor are no longer kept: read all pages of `dossiers`, then go on with the cursor `resumeFrom` of the error.",
  })
  async dossierChanges(
    @Arg("since", () => String, {
      nullable: true,
      description: "Cursor of the last change read; from the oldest one that is kept by default (con trỏ).",
    })
    since: string | null,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("filter", () => DossierChangeFilter, { nullable: true, description: "Filter (bộ lọc)." })
    filter: DossierChangeFilter | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<DossierChangeConnection> {
    const listed = await listChanges(ctx, { filter: filter ?? {}, since: since ?? null, first });
    for (const { applicantPersonalId, code } of listed.nodes) ctx.access.read(applicantPersonalId ?? code);
    return listed;
  }

  @RequiresScopes("dossier:read")
  @Subscription(() => DossierChange, {
    nullable: true,
    description:
      "Each change of the dossiers within the caller's reach as it happens, from the same stream as `dossierChanges` (theo dõi các thay đổi của hồ sơ).",
    subscribe: ({ args, context }) => followChanges(context as OneStopContext, args.filter ?? {}, args.after ?? null),
  })
  dossiersChanged(
    @Arg("filter", () => DossierChangeFilter, { nullable: true, description: "Filter (bộ lọc)." })
    _filter: DossierChangeFilter | null,
    @Arg("after", () => ID, {
      nullable: true,
      description:
        "Cursor of the last change read, such as the `endCursor` of `dossierChanges`: later changes are sent first; from now on by default. Same as the header Last-Event-ID (con trỏ).",
    })
    _after: string | null,
    @Root() { change }: ChangeEvent,
    @Ctx() ctx: OneStopContext,
  ): DossierChange {
    ctx.access.read(change.applicantPersonalId ?? change.code, change.code);
    return change;
  }

  @FieldResolver(() => ID, { description: "Id of the entry in the dossier's history (mã bước xử lý)." })
  id(@Root() { position: { row, place } }: Change): number {
    return row + place;
  }

  @FieldResolver(() => String, { description: "Cursor to go on from after this change (con trỏ)." })
  cursor(@Root() change: Change): string {
    return cursorOfChange(change);
  }

  @FieldResolver(() => ChangedDossier, { description: "The dossier right after the change (hồ sơ)." })
  dossier(@Root() { position: { row, place }, code, dossierState }: Change): ChangedDossier {
    const values = { code, state: dossierState, nationalStatus: NATIONAL_STATUS[dossierState] };
    return { id: `${code}@${row + place}`, ...values };
  }

  @FieldResolver(() => ChangedPart, {
    nullable: true,
    description: "The part concerned, right after the change; null for the whole dossier (phần việc).",
  })
  part(@Root() change: Change, @Ctx() ctx: OneStopContext): Promise<ChangedPart | null> {
    return changedPart(ctx, change);
  }
}
