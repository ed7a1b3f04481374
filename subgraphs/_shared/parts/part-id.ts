import * as z from "zod";
import { badUserInput } from "../serving/errors.ts";

/** @throws BAD_USER_INPUT unless the id is a UUID: the register would fail on any other text. */
export function requirePartId(id: string, argument: string): string {
  if (!z.guid().safeParse(id).success) throw badUserInput(`${argument} must be the id of a part, a UUID`, argument);
  return id;
}
