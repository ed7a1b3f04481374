import { Arg, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { PAGED } from "../../_shared/registers/pages.ts";
import { ExistingDossier } from "../../_shared/registers/problem-type.ts";
import { RequiresScopes } from "../../_shared/rights/directive.ts";
import { DateTimeScalar } from "../../_shared/serving/scalars.ts";
import { problemForClient } from "../acceptance/problem-for-client.ts";
import { cursorOf } from "../changes/position.ts";
import type { OneStopContext } from "../loaders.ts";
import type { WebhookRow } from "./change-deliveries.ts";
import { type DeliveryResult, listDeliveries, pingWebhook, redeliver, type WebhookDeliveryRow } from "./deliveries.ts";
import { WebhookInput } from "./input.ts";
import { replayWebhook } from "./replay.ts";
import { rotateSecret } from "./rotate-secret.ts";
import type { WebhookDeliveryState } from "./tables.ts";
import {
  Webhook,
  WebhookAct,
  WebhookDelivery,
  WebhookDeliveryAct,
  WebhookDeliveryConnection,
  WebhookDeliveryStateEnum,
  WebhookFilter,
  WebhookReplay,
  type WebhookState,
  WebhookStateEnum,
} from "./types.ts";
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listWebhooks,
  pauseWebhook,
  resumeWebhook,
  type WebhookResult,
} from "./webhooks.ts";

const KEY = "1 to 200 printable ASCII characters; the same key acts once (khóa chống trùng).";
const WEBHOOK = "Id of the webhook (định danh).";

const actOf = ({ webhook, secret, problems }: WebhookResult): WebhookAct => ({
  ...{ webhook, secret }, // the other fields have resolvers
  problems: problems.map(problemForClient),
});
const deliveryActOf = ({ delivery, problems }: DeliveryResult): WebhookDeliveryAct => ({
  delivery, // the other fields have resolvers
  problems: problems.map(problemForClient),
});

@Resolver()
export class WebhookActsResolver {
  @RequiresScopes("webhook:manage")
  @Mutation(() => WebhookAct, {
    nullable: true,
    description:
      "Creates a webhook of the caller's office or province, and shows its secret once; a repetition with the key does not show it again (đăng ký địa chỉ nhận).",
  })
  async createWebhook(
    @Arg("input", () => WebhookInput, { description: "Address and filter (nội dung)." }) input: WebhookInput,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<WebhookAct> {
    return actOf(await createWebhook(ctx, input, idempotencyKey));
  }

  @RequiresScopes("webhook:manage")
  @Mutation(() => WebhookAct, {
    nullable: true,
    description: "Replaces address and filter; pending deliveries go to the new address (thay đổi địa chỉ nhận).",
  })
  async changeWebhook(
    @Arg("webhook", () => ID, { description: WEBHOOK }) webhook: string,
    @Arg("input", () => WebhookInput, { description: "Address and filter (nội dung)." }) input: WebhookInput,
    @Ctx() ctx: OneStopContext,
  ): Promise<WebhookAct> {
    return actOf(await changeWebhook(ctx, webhook, input));
  }

  @RequiresScopes("webhook:manage")
  @Mutation(() => WebhookAct, {
    nullable: true,
    description:
      "Makes a new secret and shows it once; during the overlap the earlier secrets sign too (đổi khóa bí mật).",
  })
  async rotateWebhookSecret(
    @Arg("webhook", () => ID, { description: WEBHOOK }) webhook: string,
    @Arg("overlapHours", () => Int, { defaultValue: 24, description: "0 to 168 hours (thời gian dùng đồng thời)." })
    overlapHours: number,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<WebhookAct> {
    return actOf(await rotateSecret(ctx, webhook, overlapHours, idempotencyKey));
  }

  @RequiresScopes("webhook:manage")
  @Mutation(() => WebhookAct, {
    nullable: true,
    description: "Pauses a webhook: its deliveries wait; a repetition changes nothing (tạm dừng).",
  })
  async pauseWebhook(
    @Arg("webhook", () => ID, { description: WEBHOOK }) webhook: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<WebhookAct> {
    return actOf(await pauseWebhook(ctx, webhook));
  }

  @RequiresScopes("webhook:manage")
  @Mutation(() => WebhookAct, {
    nullable: true,
    description: "Ends a pause: the deliveries that waited are made; a repetition changes nothing (mở lại).",
  })
  async resumeWebhook(
    @Arg("webhook", () => ID, { description: WEBHOOK }) webhook: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<WebhookAct> {
    return actOf(await resumeWebhook(ctx, webhook));
  }

  @RequiresScopes("webhook:manage")
  @Mutation(() => WebhookAct, {
    nullable: true,
    description: "Deletes a webhook with its deliveries; NOT_FOUND once it is deleted (xóa địa chỉ nhận).",
  })
  async deleteWebhook(
    @Arg("webhook", () => ID, { description: WEBHOOK }) webhook: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<WebhookAct> {
    return actOf(await deleteWebhook(ctx, webhook));
  }
}

@Resolver()
export class WebhookDeliveryActsResolver {
  @RequiresScopes("webhook:manage")
  @Mutation(() => WebhookDeliveryAct, {
    nullable: true,
    description: "Sends a test event; its delivery shows how the receiver answered (gửi thử).",
  })
  async pingWebhook(
    @Arg("webhook", () => ID, { description: WEBHOOK }) webhook: string,
    @Arg("idempotencyKey", () => String, { description: KEY }) idempotencyKey: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<WebhookDeliveryAct> {
    return deliveryActOf(await pingWebhook(ctx, webhook, idempotencyKey));
  }

  @RequiresScopes("webhook:manage")
  @Mutation(() => WebhookDeliveryAct, {
    nullable: true,
    description: "Makes a delivery again with the same id, also one that was delivered or is a dead letter (gửi lại).",
  })
  async redeliverWebhook(
    @Arg("delivery", () => ID, { description: "Id of the delivery (định danh)." }) delivery: string,
    @Ctx() ctx: OneStopContext,
  ): Promise<WebhookDeliveryAct> {
    return deliveryActOf(await redeliver(ctx, delivery));
  }

  @RequiresScopes("webhook:manage")
  @Mutation(() => WebhookReplay, {
    nullable: true,
    description:
      "Sends the changes of a part of the stream again, each with the id of its first time. BAD_USER_INPUT with `reason: CURSOR_EXPIRED` as for `dossierChanges` (gửi lại các thay đổi).",
  })
  replayWebhook(
    @Arg("webhook", () => ID, { description: WEBHOOK }) webhook: string,
    @Arg("since", () => String, {
      nullable: true,
      description: "Cursor after which the part begins; the oldest change that is kept by default (từ con trỏ).",
    })
    since: string | null,
    @Arg("until", () => String, {
      nullable: true,
      description: "Cursor of its last change; the newest by default (đến con trỏ).",
    })
    until: string | null,
    @Arg("first", () => Int, { description: "Number of changes at most, 1 to 200 (số dòng)." }) first: number,
    @Ctx() ctx: OneStopContext,
  ): Promise<WebhookReplay> {
    return replayWebhook(ctx, { webhook, since: since ?? null, until: until ?? null, first });
  }
}

@Resolver(() => Webhook)
export class WebhookResolver {
  @RequiresScopes("webhook:manage")
  @Directive("@listSize(assumedSize: 20)")
  @Query(() => [Webhook], {
    nullable: true,
    description: "Webhooks of the caller's office or province, the newest first (danh sách địa chỉ nhận).",
  })
  webhooks(@Ctx() ctx: OneStopContext): Promise<Webhook[]> {
    return listWebhooks(ctx);
  }

  @RequiresScopes("webhook:manage")
  @Directive(PAGED)
  @Query(() => WebhookDeliveryConnection, {
    nullable: true,
    description:
      "Deliveries of a webhook, the newest first; the dead letters with `state: DEAD_LETTER` (danh sách lần gửi).",
  })
  async webhookDeliveries(
    @Arg("webhook", () => ID, { description: WEBHOOK }) webhook: string,
    @Arg("state", () => WebhookDeliveryStateEnum, { nullable: true, description: "Only this state (trạng thái)." })
    state: WebhookDeliveryState | null,
    @Arg("first", () => Int, { description: "Size of the page, 1 to 200 (số dòng)." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "End of the page before (con trỏ)." })
    after: string | null,
    @Ctx() ctx: OneStopContext,
  ): Promise<WebhookDeliveryConnection> {
    return listDeliveries(ctx, { webhook, state: state ?? null, first, after: after ?? null });
  }

  @FieldResolver(() => WebhookFilter)
  filter(@Root() { filterProvince, filterOffice, filterProcedure }: WebhookRow): WebhookFilter {
    return { province: filterProvince, office: filterOffice, procedure: filterProcedure };
  }

  @FieldResolver(() => WebhookStateEnum)
  state(@Root() { pausedAt, failures }: WebhookRow): WebhookState {
    if (pausedAt) return "PAUSED";
    return failures > 0 ? "FAILING" : "ACTIVE";
  }
}

@Resolver(() => WebhookDelivery)
export class WebhookDeliveryResolver {
  @FieldResolver(() => ExistingDossier, { nullable: true })
  dossier(@Root() { code }: WebhookDeliveryRow): ExistingDossier | null {
    return code === null ? null : { code };
  }

  @FieldResolver(() => String, { nullable: true })
  cursor(@Root() { row, place, dossierId, at }: WebhookDeliveryRow): string | null {
    return row === null || place === null || dossierId === null ? null : cursorOf({ row, place, dossierId, at });
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true })
  nextAttemptAt(@Root() { state, nextAttemptAt }: WebhookDeliveryRow): Date | null {
    return state === "PENDING" ? nextAttemptAt : null;
  }
}
