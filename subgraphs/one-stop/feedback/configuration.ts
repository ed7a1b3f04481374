import * as z from "zod";
import { readEnvironment } from "../../_shared/serving/environment.ts";

export type FeedbackConfiguration = {
  /** Working days in which the office answers a complaint. */
  answerDays: number;
};

/** @throws BadConfiguration naming every bad variable. */
export function feedbackConfiguration(environment: NodeJS.ProcessEnv): FeedbackConfiguration {
  const { FEEDBACK_ANSWER_DAYS: answerDays } = readEnvironment(
    { FEEDBACK_ANSWER_DAYS: z.coerce.number().int().min(1).max(60).default(15) },
    environment,
  );
  return { answerDays };
}
