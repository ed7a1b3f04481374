import { Arg, Ctx, Directive, Mutation, Resolver } from "type-graphql";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import type { OneStopContext } from "../loaders.ts";
import { UnsubscribeAct } from "./types.ts";
import { unsubscribeEmail } from "./unsubscribe.ts";

@Resolver()
export class UnsubscribeResolver {
  @Directive("@cost(weight: 10)")
  @Mutation(() => UnsubscribeAct, {
    nullable: true,
    description:
      "Stops e-mail to the address that received the link, public, by the token of the link (RFC 8058) (ngừng nhận thư).",
  })
  async unsubscribeEmail(
    @Arg("token", () => String, { description: "Token of the link in the e-mail (mã trong liên kết)." }) token: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<UnsubscribeAct> {
    const problem = await unsubscribeEmail(ctx, token);
    return { problems: problem ? [problemForClient(problem)] : [] };
  }
}
