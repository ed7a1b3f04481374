import * as z from "zod";
import { openBucket } from "../_shared/attachments/bucket.ts";
import { type BucketAddress, bucketAddress, bucketVariables } from "../_shared/attachments/bucket-configuration.ts";
import type { IdentityKeys } from "../_shared/identity/identity.ts";
import { keysFor } from "../_shared/identity/keys.ts";
import { BadConfiguration, milliseconds, readEnvironment } from "../_shared/serving/environment.ts";
import { type AgencyCode, environmentName, type SubgraphName, subgraphs } from "../agency-registry.ts";
import { type AnswerCodeConfiguration, answerCodeConfiguration } from "./answer-codes/configuration.ts";
import { attachmentBucket } from "./attachments/attachment-bucket.ts";
import { attachmentFolder } from "./attachments/attachment-folder.ts";
import type { Attachments } from "./attachments/attachments.ts";
import { ASSUMED_LICENCES, type LicencesOfLines, tradeLicences } from "./bundles/business-start/trade-licences.ts";
import { type FeedbackConfiguration, feedbackConfiguration } from "./feedback/configuration.ts";
import { criteriaWith, type ScoreCriterion } from "./figures/score-rules.ts";
import { type MessageConfiguration, messageConfiguration } from "./messages/configuration.ts";
import { type NationalPortalConfiguration, nationalPortalConfiguration } from "./national-portal/configuration.ts";
import { type PaymentConfiguration, paymentConfiguration } from "./payments/configuration.ts";
import { type BackoffPolicies, DEFAULT_BACKOFF } from "./saga/backoff.ts";
import { type Failpoints, failpoints } from "./saga/failpoints.ts";
import { type WebhookConfiguration, webhookConfiguration } from "./webhooks/configuration.ts";

export type AgencyAddress = { name: SubgraphName; agency: AgencyCode; url: string; keys: IdentityKeys };

/** Configuration of the one-stop desk beyond that of every agency. Durations are milliseconds. */
export type OneStopConfiguration = {
  agencies: Partial<Record<AgencyCode, AgencyAddress>>;
  /** Time limit for the check of a request by all agencies together. */
  checkBudgetMs: number;
  /** Time limit of one delivery; afterwards its outcome is unknown. */
  deliveryTimeoutMs: number;
  leaseMs: number;
  pollMs: number;
  /** Maximal number of concurrent deliveries of one process. */
  concurrency: number;
  backoff: BackoffPolicies;
  /** Codes of bundles that replace uncertain published ones, such as {"C":"3.000722","C-without-residence":"…"}. */
  bundleCodes: Record<string, string>;
  /** Licences that lines of business need. */
  licencesOfLines: LicencesOfLines;
  /** Criteria of the score with their greatest points. */
  scoreCriteria: readonly ScoreCriterion[];
  /** Agency codes of offices that deviate from the rule, by commune code. */
  officeCodes: Record<string, string>;
  /** Days after which a draft expires. */
  draftDays: number;
  /** Days in which the applicant confirms the draft of a birth certificate; 0: no draft is shown. */
  certificateDays: number;
  /** Days for which the stream of changes can be read back. */
  changesDays: number;
  /** True for the offices, by commune code, that send letters of congratulation and condolence. */
  letterOffices(office: string): boolean;
  /** True where anonymous callers may read the backlog of the outbox. */
  isStatusPublic: boolean;
  /** Attachments of dossiers; undefined where no place is configured: none is known then. */
  attachments: Attachments | undefined;
  payments: PaymentConfiguration;
  messages: MessageConfiguration;
  /** Null where no national portal is configured. */
  nationalPortal: NationalPortalConfiguration | null;
  webhooks: WebhookConfiguration;
  feedback: FeedbackConfiguration;
  answerCodes: AnswerCodeConfiguration;
  /** Pause between two readings of the agencies' reminders. */
  reminderPollMs: number;
  /** Points at which tests kill or hold the process; none unless FAILPOINTS_DIR is set. */
  failpoints: Failpoints;
};

const jsonTable = z
  .string()
  .default("{}")
  .transform((text, context): Record<string, string> => {
    try {
      return z.record(z.string(), z.string()).parse(JSON.parse(text));
    } catch {
      context.addIssue({ code: "custom", message: 'must be a JSON object of texts, such as {"C":"3.000722"}' });
      return z.NEVER;
    }
  });

/** Lines of business with the licences that they need, separated by commas, over those that the release assumes. */
function licencesOfLines(table: Record<string, string>, context: z.core.$RefinementCtx): LicencesOfLines {
  const names: readonly string[] = tradeLicences;
  const stated = Object.entries(table).map(([line, text]) => [line, text.split(",").filter(Boolean)] as const);
  for (const [line, licences] of stated)
    if (!/^\d{4}$/.test(line) || licences.some((each) => !names.includes(each)))
      context.addIssue({ code: "custom", message: `${line}: is no code of VSIC level 4 with some of ${names}` });
  return { ...ASSUMED_LICENCES, ...(Object.fromEntries(stated) as LicencesOfLines) }; // just checked
}

function scoreCriteria(points: Record<string, string>, context: z.core.$RefinementCtx): readonly ScoreCriterion[] {
  const criteria = criteriaWith(points);
  if (typeof criteria !== "string") return criteria;
  context.addIssue({ code: "custom", message: criteria });
  return z.NEVER;
}

const letterOffices = z
  .string()
  .regex(/^(none|all|\d{5}(,\d{5})*)$/, "must be none, all, or commune codes such as 31471,31468")
  .transform((text) => (office: string) => text === "all" || text.split(",").includes(office));

/** @throws BadConfiguration naming every bad variable. */
export function oneStopConfiguration(environment: NodeJS.ProcessEnv = process.env): OneStopConfiguration {
  const read = readEnvironment(
    {
      CHECK_BUDGET_MS: milliseconds(300),
      DELIVERY_TIMEOUT_MS: milliseconds(5_000),
      SAGA_LEASE_MS: milliseconds(10_000),
      SAGA_POLL_MS: milliseconds(250),
      SAGA_CONCURRENCY: z.coerce.number().int().min(0).max(1_000).default(64),
      SAGA_BACKOFF_BASE_MS: milliseconds(DEFAULT_BACKOFF.deliver.baseMs),
      SAGA_BACKOFF_CAP_MS: milliseconds(DEFAULT_BACKOFF.deliver.capMs),
      REMINDER_POLL_MS: milliseconds(60_000),
      BUNDLE_CODES: jsonTable,
      OFFICE_CODES: jsonTable,
      LICENCES_OF_LINES: jsonTable.transform(licencesOfLines),
      SCORE_POINTS: jsonTable.transform(scoreCriteria),
      DRAFT_DAYS: z.coerce.number().int().min(1).max(365).default(30),
      DRAFT_CERTIFICATE_DAYS: z.coerce.number().int().min(0).max(30).default(1),
      CHANGES_DAYS: z.coerce.number().int().min(1).max(3_650).default(90),
      LETTER_OFFICES: letterOffices.prefault("none"),
      PUBLIC_STATUS: z.enum(["on", "off"], { error: "must be on or off" }).default("off"),
      ATTACHMENTS_DIR: z.string().optional(),
      ...bucketVariables,
    },
    environment,
  );
  if (read.SAGA_LEASE_MS <= read.DELIVERY_TIMEOUT_MS) {
    throw new BadConfiguration("  SAGA_LEASE_MS: must be longer than DELIVERY_TIMEOUT_MS, or two workers call at once");
  }
  const agencies: Partial<Record<AgencyCode, AgencyAddress>> = {};
  for (const { name, agency, port } of subgraphs) {
    const url = environment[`SUBGRAPH_URL_${environmentName(name)}`] || `http://127.0.0.1:${port}/graphql`;
    agencies[agency] = { name, agency, url, keys: keysFor(name, environment) };
  }
  return {
    agencies,
    checkBudgetMs: read.CHECK_BUDGET_MS,
    deliveryTimeoutMs: read.DELIVERY_TIMEOUT_MS,
    leaseMs: read.SAGA_LEASE_MS,
    pollMs: read.SAGA_POLL_MS,
    concurrency: read.SAGA_CONCURRENCY,
    backoff: { ...DEFAULT_BACKOFF, deliver: { baseMs: read.SAGA_BACKOFF_BASE_MS, capMs: read.SAGA_BACKOFF_CAP_MS } },
    reminderPollMs: read.REMINDER_POLL_MS,
    bundleCodes: read.BUNDLE_CODES,
    officeCodes: read.OFFICE_CODES,
    licencesOfLines: read.LICENCES_OF_LINES,
    scoreCriteria: read.SCORE_POINTS,
    draftDays: read.DRAFT_DAYS,
    certificateDays: read.DRAFT_CERTIFICATE_DAYS,
    changesDays: read.CHANGES_DAYS,
    letterOffices: read.LETTER_OFFICES,
    isStatusPublic: read.PUBLIC_STATUS === "on",
    attachments: attachmentsIn(read.ATTACHMENTS_DIR, bucketAddress(read)),
    payments: paymentConfiguration(environment),
    messages: messageConfiguration(environment),
    nationalPortal: nationalPortalConfiguration(environment),
    webhooks: webhookConfiguration(environment),
    feedback: feedbackConfiguration(environment),
    answerCodes: answerCodeConfiguration(environment),
    failpoints: failpoints(environment),
  };
}

function attachmentsIn(directory: string | undefined, bucket: BucketAddress | undefined): Attachments | undefined {
  if (bucket) return attachmentBucket(openBucket(bucket));
  return directory ? attachmentFolder(directory) : undefined;
}
