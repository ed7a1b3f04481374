import type { ClassType, NonEmptyArray } from "type-graphql";
import type { Entity } from "../_shared/serving/subgraph.ts";
import { AnswerCodeResolver } from "./answer-codes/resolvers.ts";
import { ApplicantResolver, DossierApplicantResolver } from "./applicants/resolvers.ts";
import { AttachmentResolver } from "./attachments/resolvers.ts";
import { BatchResolver } from "./batch/resolvers.ts";
import { BoardResolver } from "./board/resolvers.ts";
import { bundleResolvers } from "./bundles/resolvers.ts";
import * as entries from "./casework/entry-resolvers.ts";
import * as work from "./casework/resolvers.ts";
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
import * as feedback from "./feedback/resolvers.ts";
import { RateResolver, RatesResolver } from "./figures/resolvers.ts";
import { ScoreResolver } from "./figures/score-resolvers.ts";
import { FilledByResolver } from "./filled-by/resolvers.ts";
import { DeliveryChoiceResolver } from "./handover/resolvers.ts";
import { IssuedPapersResolver } from "./issued-papers/resolvers.ts";
import { LookupResolver } from "./lookups/resolvers.ts";
import * as messages from "./messages/resolvers.ts";
import { UnsubscribeResolver } from "./messages/unsubscribe-resolvers.ts";
import * as nationalPortal from "./national-portal/resolvers.ts";
import { NodeResolver } from "./nodes/resolvers.ts";
import { OutboxResolver } from "./outbox/resolvers.ts";
import * as payments from "./payments/resolvers.ts";
import { PartProcedureResolver, ProcedureResolver } from "./procedures/resolvers.ts";
import * as queue from "./queue/resolvers.ts";
import * as refiling from "./refiling/resolvers.ts";
import { CitizenRemindersResolver, ExpiryReminderResolver } from "./reminders/resolvers.ts";
import { LookedUpPapersResolver, SingleProcedureResolver } from "./single-procedures/resolvers.ts";
import * as supervision from "./supervision/resolvers.ts";
import { TimeLedgerResolver } from "./time-ledger/resolvers.ts";
import { TrackedDossierResolver, TrackingResolver } from "./tracking/resolvers.ts";
import * as webhooks from "./webhooks/resolvers.ts";

/** Resolvers of the desk, from the folders of their nouns, and the entities that it extends or refers to. */
export const resolvers: NonEmptyArray<ClassType> = [
  ApplicantResolver,
  CitizenResolver,
  ClockRulesResolver,
  LookupResolver,
  PartProcedureResolver,
  ProcedureResolver,
  TimeLedgerResolver,
  TrackedDossierResolver,
  TrackingResolver,
  DossierApplicantResolver,
  dossiers.DossierResolver,
  dossiers.DossierConnectionResolver,
  dossiers.OfficeResolver,
  DossiersByCodeResolver,
  parts.DossierPartResolver,
  dossiers.HistoryEntryResolver,
  parts.PartRefusedResolver,
  parts.SupplementItemResolver,
  AnswerCodeResolver,
  AttachmentResolver,
  BatchResolver,
  BoardResolver,
  DeliveryChoiceResolver,
  DossierChangeResolver,
  DossierDraftResolver,
  DraftCertificateResolver,
  DraftResolver,
  feedback.DossierFeedbackResolver,
  feedback.FeedbackConnectionResolver,
  feedback.FeedbackResolver,
  feedback.GivenFeedbackResolver,
  feedback.TrackedFeedbackResolver,
  FilledByResolver,
  IssuedPapersResolver,
  queue.DossierTicketResolver,
  queue.QueueResolver,
  queue.TicketResolver,
  LookedUpPapersResolver,
  NodeResolver,
  SingleProcedureResolver,
  CitizenRemindersResolver,
  ExpiryReminderResolver,
  refiling.RefilingResolver,
  refiling.RefiledFromResolver,
  refiling.RefiledAsResolver,
  messages.DossierMessagesResolver,
  messages.MessageChoiceResolver,
  messages.UndeliveredMessageResolver,
  UnsubscribeResolver,
  nationalPortal.PortalDeliveryResolver,
  nationalPortal.StoppedPortalDeliveryResolver,
  OutboxResolver,
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
  entries.HistoryOfficerResolver,
  entries.PartContentResolver,
  RateResolver,
  RatesResolver,
  ScoreResolver,
  supervision.SupervisionResolver,
  supervision.LateDossierConnectionResolver,
  ...bundleResolvers,
];
export const entities: readonly Entity[] = [Citizen, ...resultTypes].map((type) => ({ type }));
