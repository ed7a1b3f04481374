import { answersOf } from "../../_shared/registers/act-answers.ts";
import { land } from "../agency.ts";

/** Result of an act for clients. */
export const answerOf = answersOf(land);
