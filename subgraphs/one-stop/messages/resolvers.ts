import { Arg, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { PAGED } from "../../_shared/registers/pages.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { notFound } from "../../_shared/serving/errors.ts";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import type { Problem } from "../acceptance/problems.ts";
import { DossierAct } from "../casework/types.ts";
import { dossierByCode } from "../dossiers/dossier-list.ts";
import { Dossier, type DossierRow } from "../dossiers/types.ts";
import type { OneStopContext } from "../loaders.ts";
import { chooseMessages, type MessageChannel, ownChoice, stopMessages, stopMessagesOfDossier } from "./choices.ts";
import { resendUndelivered } from "./resend.ts";
import {
  type ChosenLanguage,
  ChosenLanguageEnum,
  DossierMessage,
  MessageChannelEnum,
  MessageChoice,
  MessageChoiceAct,
  MessageResend,
  UndeliveredMessage,
  UndeliveredMessageAct,
  UndeliveredMessageConnection,
} from "./types.ts";
import {
  refusingChannel,
  remedyOf,
  settleUndelivered,
  type UndeliveredRow,
  undeliveredMessages,
} from "./undelivered.ts";

@Resolver()
export class MessageChoiceResolver {
  @RequiresScopes("message:choose")
  @Query(() => MessageChoice, {
    nullable: true,
    description: "The caller's own choice about messages on dossiers (lựa chọn nhận thông báo).",
  })
  messageChoice(@Ctx() ctx: OneStopContext): Promise<MessageChoice> {
    return choiceForClient(ctx);
  }

  @RequiresScopes("message:choose")
  @Mutation(() => MessageChoiceAct, {
    nullable: true,
    description:
      "Chooses channels and language of the caller's messages, also after they were stopped; the same choice again changes nothing (chọn nhận thông báo).",
  })
  async chooseMessages(
    @Arg("channels", () => [MessageChannelEnum], { description: "Wanted channels, one or more (kênh nhận)." })
    channels: MessageChannel[],
    @Arg("language", () => ChosenLanguageEnum, { description: "Language (ngôn ngữ)." }) language: ChosenLanguage,
    @Ctx() ctx: OneStopContext,
  ): Promise<MessageChoiceAct> {
    return choiceAct(ctx, await chooseMessages(ctx, channels, language === "EN" ? "en" : "vi"));
  }

  @RequiresScopes("message:choose")
  @Mutation(() => MessageChoiceAct, {
    nullable: true,
    description:
      "Stops the caller's messages at once, also those that wait to be sent; like STOP in answer to an SMS (ngừng nhận thông báo).",
  })
  async stopMessages(@Ctx() ctx: OneStopContext): Promise<MessageChoiceAct> {
    await stopMessages(ctx);
    return choiceAct(ctx, null);
  }

  @RequiresScopes("message:review")
  @Mutation(() => DossierAct, {
    nullable: true,
    description:
      "Stops all messages to the declarant of a dossier, who has asked for it at the desk or by e-mail (ngừng gửi thông báo cho người nộp).",
  })
  async stopMessagesOfDossier(
    @Arg("dossier", () => ID, { description: "Code of the dossier (mã hồ sơ)." }) code: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<DossierAct> {
    const problem = await stopMessagesOfDossier(ctx, code);
    if (problem) return { dossier: null, problems: [problemForClient(problem)] };
    return { dossier: await dossierByCode(ctx.db, ctx.caller, code), problems: [] };
  }
}

async function choiceAct(ctx: OneStopContext, problem: Problem | null): Promise<MessageChoiceAct> {
  if (problem) return { choice: null, problems: [problemForClient(problem)] };
  return { choice: await choiceForClient(ctx), problems: [] };
}

async function choiceForClient(ctx: OneStopContext): Promise<MessageChoice> {
  const { language, ...choice } = await ownChoice(ctx);
  return { ...choice, language: language === "en" ? "EN" : "VI" };
}

@Resolver(() => Dossier)
export class DossierMessagesResolver {
  @Directive("@listSize(assumedSize: 5)")
  @FieldResolver(() => [DossierMessage], {
    nullable: true,
    description: "What its declarant was told by messages, the oldest first (các thông báo đã gửi).",
  })
  messages(@Root() { id }: DossierRow, @Ctx() ctx: OneStopContext): Promise<DossierMessage[]> {
    return ctx.loaders.messagesByDossier.load(id);
  }
}

@Resolver(() => UndeliveredMessage)
export class UndeliveredMessageResolver {
  @RequiresScopes("message:review")
  @Directive(PAGED)
  @Query(() => UndeliveredMessageConnection, {
    nullable: true,
    description:
      "Messages that did not reach their declarants and that nobody has settled, the oldest first (thông báo không gửi được).",
  })
  undeliveredMessages(
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." }) after:
      | string
      | null,
    @Ctx() ctx: OneStopContext,
  ) {
    return undeliveredMessages(ctx, first, after ?? null);
  }

  @RequiresScopes("message:review")
  @Mutation(() => UndeliveredMessageAct, {
    nullable: true,
    description: "Closes an undelivered message with a note of how the declarant was told (xử lý thông báo).",
  })
  async settleUndeliveredMessage(
    @Arg("id", () => ID, { description: "Id of the message (mã)." }) id: string,
    @Arg("settlement", () => String, { description: "What was done, at most 1,000 characters (cách xử lý)." })
    settlement: string,
    @Arg("idempotencyKey", () => String, {
      description: "1 to 200 printable ASCII characters; the same key and body act once (khóa chống trùng).",
    })
    idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ) {
    const { message, problems } = await settleUndelivered(ctx, id, settlement, idempotencyKey);
    return { message, problems: problems.map(problemForClient) };
  }

  @RequiresScopes("message:review")
  @Mutation(() => UndeliveredMessageAct, {
    nullable: true,
    description:
      "Sends an undelivered message again by all channels of its route, with the texts and addresses of the moment; for example after the mailbox was repaired (gửi lại thông báo).",
  })
  async resendUndeliveredMessage(
    @Arg("id", () => ID, { description: "Id of the message (mã)." }) id: string,
    @Arg("idempotencyKey", () => String, {
      description: "1 to 200 printable ASCII characters; the same key acts once (khóa chống trùng).",
    })
    idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ) {
    const { message, problems } = await resendUndelivered(ctx, id, idempotencyKey);
    return { message, problems: problems.map(problemForClient) };
  }

  @FieldResolver(() => [MessageResend])
  resends(@Root() { id }: UndeliveredRow, @Ctx() ctx: OneStopContext): Promise<MessageResend[]> {
    return ctx.loaders.resendsByDelivery.load(id);
  }

  @FieldResolver()
  channel(@Root() row: UndeliveredRow): MessageChannel {
    return refusingChannel(row);
  }

  @FieldResolver()
  reason(@Root() { reason }: UndeliveredRow): string {
    return reason ?? "";
  }

  @FieldResolver()
  remedy(@Root() row: UndeliveredRow): string {
    return remedyOf(row)[0];
  }

  @FieldResolver()
  remedyEn(@Root() row: UndeliveredRow): string {
    return remedyOf(row)[1];
  }

  @FieldResolver()
  async at(@Root() { id, endedAt }: UndeliveredRow, @Ctx() ctx: OneStopContext): Promise<Date | null> {
    return endedAt ?? (await ctx.loaders.resendsByDelivery.load(id))[0]?.at ?? null;
  }

  @FieldResolver(() => Dossier, { nullable: true })
  async dossier(@Root() { code }: UndeliveredRow, @Ctx() ctx: OneStopContext): Promise<Dossier> {
    const found = await dossierByCode(ctx.db, ctx.caller, code);
    if (!found) throw notFound("dossier");
    return found;
  }
}
