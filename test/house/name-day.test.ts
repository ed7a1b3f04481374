import { afterAll, beforeAll, expect, test } from "vitest";
import { aBirthRequest } from "../given.ts";
import type { ResponseJson } from "../kit/response-json.ts";
import { contract } from "../world.ts";
import { type ScratchCopy, scratchCopy } from "./scratch-copy.ts";

let copy: ScratchCopy;
let gateway: string;

beforeAll(async () => {
  copy = scratchCopy();
  copy.add("name-day", "subgraphs/one-stop/bundles/name-day");
  copy.run("compose");
  gateway = await copy.start();
}, 240_000);
afterAll(() => copy?.remove(), 60_000);

async function ask(query: string, variables: object) {
  const token = (await (await fetch(`${gateway}/dev/token?persona=clerk`)).json()) as { access_token: string };
  const response = await fetch(`${gateway}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token.access_token}` },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as ResponseJson;
}

const SUBMIT = `mutation ($input: String!, $key: String!) {
  submitNameDay(input: $input, idempotencyKey: $key) { code problems { code messageEn path } }
}`;

test("a bundle whose folder is added runs at two agencies, and a second request for the same case is a problem", async () => {
  const input = JSON.stringify({ ...aBirthRequest(), father: null });
  const submitted = await ask(SUBMIT, { input, key: "name-day-1" });
  expect(submitted).toMatchObject({ data: { submitNameDay: { problems: [] } } });
  const { code } = submitted.data.submitNameDay;
  const { data } = await ask(contract("dossier"), { code });
  expect(data.dossier).toMatchObject({ state: "COMPLETED", outcome: "GRANTED", bundle: { name: "Ngày đặt tên" } });
  expect(data.dossier.parts.map((part: ResponseJson) => [part.agency.code, part.state, part.dependsOn.length])).toEqual(
    [
      ["CIVIL_STATUS", "GRANTED", 0],
      ["RESIDENCE", "GRANTED", 1],
    ],
  );
  const again = await ask(SUBMIT, { input, key: "name-day-2" });
  expect(again.data.submitNameDay.problems).toEqual([expect.objectContaining({ code: "CHILD_ALREADY_REGISTERED" })]);
});
