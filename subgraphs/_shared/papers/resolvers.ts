import { Arg, Ctx, Directive, ID, Query, Resolver } from "type-graphql";
import { RequiresScopes } from "../rights/directive.ts";
import type { Context } from "../serving/context.ts";
import { PersonalIdScalar } from "../serving/scalars.ts";

/** The desk's query before it demands a paper. The answer reveals nothing else, so the desk needs no right to read the register. */
@Resolver()
export class HeldPapersResolver {
  @Directive("@shareable")
  @Directive("@inaccessible")
  @RequiresScopes("paper-held:read")
  @Query(() => Boolean, {
    nullable: true,
    description:
      "True if the register has this paper of a person; null if it keeps no papers of this kind (tra cứu giấy tờ đã có).",
  })
  async holdsPaper(
    @Arg("paper", () => ID, { description: "Code of the kind of paper (mã giấy tờ)." }) paper: string,
    @Arg("personalId", () => PersonalIdScalar, { description: "Personal number (số định danh cá nhân)." })
    personalId: string,
    @Ctx() ctx: Context,
  ): Promise<boolean | null> {
    const holds = Object.hasOwn(ctx.heldPapers, paper) ? ctx.heldPapers[paper] : undefined;
    if (!holds) return null;
    ctx.access.read(personalId);
    return holds(ctx.db, personalId);
  }
}
