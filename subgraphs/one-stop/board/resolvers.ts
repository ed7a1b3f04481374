import { Arg, Ctx, Directive, Query, Resolver } from "type-graphql";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import type { OneStopContext } from "../loaders.ts";
import { boardOf } from "./board.ts";
import { Board } from "./types.ts";

@Resolver()
export class BoardResolver {
  @RequiresScopes("board:read")
  @Directive("@cost(weight: 10)") // seven counts
  @Query(() => Board, {
    nullable: true,
    description:
      "Today's board of the caller's own office; each count has the filter that lists its dossiers: `{ board(office: \"31471\") { ticketsWaiting overdue { totalCount filter } } }` (bảng theo dõi trong ngày).",
  })
  board(
    @Arg("office", () => String, { description: "Commune code of the own office (nơi tiếp nhận)." }) office: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<Board> {
    return boardOf(ctx, office);
  }
}
