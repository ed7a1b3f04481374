import { Ctx, Directive, Query, Resolver } from "type-graphql";
import type { OneStopContext } from "../loaders.ts";
import { outboxBacklog } from "./backlog.ts";
import { OutboxBacklog } from "./types.ts";

@Resolver()
export class OutboxResolver {
  @Directive("@cost(weight: 10)") // counts the whole outbox
  @Directive("@listSize(assumedSize: 6)") // agencies
  @Query(() => [OutboxBacklog], {
    nullable: true,
    description:
      "Steps that wait to be delivered, by agency; an agency without one is left out. Anonymous callers read it where the desk shows its state to the public: `{ outboxBacklog { agency { code } waiting oldestSince } }` (việc chờ chuyển tới các cơ quan).",
  })
  outboxBacklog(@Ctx() ctx: OneStopContext): Promise<OutboxBacklog[]> {
    return outboxBacklog(ctx);
  }
}
