import * as z from "zod";
import { readEnvironment } from "../../_shared/serving/environment.ts";

/** Page on which a supplement may be answered by a code from a message. */
export type AnswerCodeConfiguration = {
  isOn: boolean;
  /** Codes of papers whose originals are compared, so that they are handed in at the desk. */
  papersAtDesk: ReadonlySet<string>;
};

/** @throws BadConfiguration naming every bad variable. */
export function answerCodeConfiguration(environment: NodeJS.ProcessEnv): AnswerCodeConfiguration {
  const read = readEnvironment(
    {
      ANSWER_CODES: z.enum(["on", "off"], { error: "must be on or off" }).default("off"),
      ANSWER_CODES_NOT_FOR: z.string().default(""),
    },
    environment,
  );
  const papers = read.ANSWER_CODES_NOT_FOR.split(",").map((each) => each.trim());
  return { isOn: read.ANSWER_CODES === "on", papersAtDesk: new Set(papers.filter((each) => each !== "")) };
}
