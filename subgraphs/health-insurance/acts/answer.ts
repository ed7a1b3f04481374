import { answersOf } from "../../_shared/registers/act-answers.ts";
import { healthInsurance } from "../agency.ts";

/** Result of an act for clients. */
export const answerOf = answersOf(healthInsurance);
