import { and, eq } from "drizzle-orm";
import { Arg, Ctx, Field, ID, ObjectType, Query, Resolver } from "type-graphql";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import type { OneStopContext } from "../loaders.ts";
import { visibleDossiers } from "../rights.ts";
import { dossiers } from "../tables.ts";
import { dossierAttachments } from "./tables.ts";

@ObjectType({ description: "Attachment of a dossier; GET /attachments/ID returns its content (tệp đính kèm)." })
export class Attachment {
  @Field(() => ID, { description: "sha256: and the digest of the content (mã tệp)." })
  id!: string;
}

@Resolver()
export class AttachmentResolver {
  @RequiresScopes("dossier:read")
  @Query(() => Attachment, {
    nullable: true,
    description: "An attachment of a dossier within the caller's reach; NOT_FOUND otherwise (tệp đính kèm).",
  })
  async attachment(
    @Arg("id", () => ID, { description: "sha256: and the digest of the content (mã tệp)." }) id: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<Attachment> {
    const [found] = await ctx.db
      .select({ code: dossiers.code, applicant: dossiers.applicantPersonalId })
      .from(dossierAttachments)
      .innerJoin(dossiers, eq(dossiers.id, dossierAttachments.dossierId))
      .where(and(eq(dossierAttachments.attachment, id), visibleDossiers(ctx.caller)))
      .limit(1);
    if (!found) throw notFound("attachment");
    ctx.access.read(found.applicant ?? found.code, found.code);
    return { id };
  }
}
