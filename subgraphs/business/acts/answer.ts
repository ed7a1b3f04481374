import { answersOf } from "../../_shared/registers/act-answers.ts";
import { business } from "../agency.ts";

/** Result of an act for clients. */
export const answerOf = answersOf(business);
