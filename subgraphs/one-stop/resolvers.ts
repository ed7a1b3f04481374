import type { ClassType, NonEmptyArray } from "type-graphql";
import type { Entity } from "../_shared/serving/subgraph.ts";
import { AttachmentResolver } from "./attachments/resolvers.ts";
import { BatchResolver } from "./batch/resolvers.ts";
import { BoardResolver } from "./board/resolvers.ts";
import { bundleResolvers } from "./bundles/resolvers.ts";
import { DossierChangeResolver } from "./changes/resolvers.ts";
import { CitizenResolver } from "./citizens/resolvers.ts";
import { Citizen } from "./citizens/types.ts";
import { ClockRulesResolver } from "./clock-rules/resolvers.ts";
import { DossiersByCodeResolver } from "./dossiers/by-code-resolvers.ts";
import * as parts from "./dossiers/part-resolvers.ts";
import * as dossiers from "./dossiers/resolvers.ts";
import { resultTypes } from "./dossiers/result-types.ts";
import { DraftCertificateResolver } from "./draft-certificates/resolvers.ts";
import { DossierDraftResolver, DraftResolver } from "./drafts/resolvers.ts";
import { FilledByResolver } from "./filled-by/resolvers.ts";
import { DeliveryChoiceResolver } from "./handover/resolvers.ts";
import { LookupResolver } from "./lookups/resolvers.ts";
import * as messages from "./messages/resolvers.ts";
import * as nationalPortal from "./national-portal/resolvers.ts";
import * as payments from "./payments/resolvers.ts";
import { PartProcedureResolver, ProcedureResolver } from "./procedures/resolvers.ts";
import * as queue from "./queue/resolvers.ts";
import * as refiling from "./refiling/resolvers.ts";
import { LookedUpPapersResolver, SingleProcedureResolver } from "./single-procedures/resolvers.ts";
import { TimeLedgerResolver } from "./time-ledger/resolvers.ts";
import { TrackedDossierResolver, TrackingResolver } from "./tracking/resolvers.ts";
import * as webhooks from "./webhooks/resolvers.ts";
import * as work from "./work/resolvers.ts";

/** Resolvers of the desk, from the folders of their nouns, and the entities that it extends or refers to. */
export const resolvers: NonEmptyArray<ClassType> = [
  CitizenResolver,
  ClockRulesResolver,
  LookupResolver,
  PartProcedureResolver,
  ProcedureResolver,
  TimeLedgerResolver,
  TrackedDossierResolver,
  TrackingResolver,
  dossiers.DossierResolver,
  dossiers.DossierConnectionResolver,
  DossiersByCodeResolver,
  parts.DossierPartResolver,
  dossiers.HistoryEntryResolver,
  parts.PartRefusedResolver,
  parts.SupplementItemResolver,
  AttachmentResolver,
  BatchResolver,
  BoardResolver,
  DeliveryChoiceResolver,
  DossierChangeResolver,
  DossierDraftResolver,
  DraftCertificateResolver,
  DraftResolver,
  FilledByResolver,
  queue.DossierTicketResolver,
  queue.QueueResolver,
  queue.TicketResolver,
  LookedUpPapersResolver,
  SingleProcedureResolver,
  refiling.RefilingResolver,
  refiling.RefiledFromResolver,
  refiling.RefiledAsResolver,
  messages.DossierMessagesResolver,
  messages.MessageChoiceResolver,
  messages.UndeliveredMessageResolver,
  nationalPortal.PortalDeliveryResolver,
  nationalPortal.StoppedPortalDeliveryResolver,
  payments.DossierPaymentResolver,
  payments.PaymentResolver,
  payments.PaymentActsResolver,
  payments.PaymentDiscrepancyResolver,
  webhooks.WebhookActsResolver,
  webhooks.WebhookDeliveryActsResolver,
  webhooks.WebhookDeliveryResolver,
  webhooks.WebhookResolver,
  work.WorkResolver,
  work.WorkConnectionResolver,
  work.DossierPartWorkResolver,
  work.DossierPartLikenessResolver,
  work.LikenessResolver,
  work.PartRefusedWorkResolver,
  ...bundleResolvers,
];
export const entities: readonly Entity[] = [Citizen, ...resultTypes].map((type) => ({ type }));
