import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { Deadlines } from "../../gateway/subgraph-client/deadlines.ts";

test("requests end in the order of their deadlines, whichever was added first, and a removed one does not end", async () => {
  const deadlines = new Deadlines();
  const ended: string[] = [];
  const request = (name: string, ms: number) => ({
    deadline: performance.now() + ms,
    position: -1,
    expire: () => void ended.push(name),
  });
  const removed = request("removed", 10);
  for (const each of [request("last", 60), removed, request("first", 20), request("second", 40)]) deadlines.add(each);
  deadlines.remove(removed);
  while (ended.length < 3) await sleep(5);
  expect(ended).toEqual(["first", "second", "last"]);
});

test("a request that is added when an earlier one has ended still ends", async () => {
  const deadlines = new Deadlines();
  const expired = () =>
    new Promise<void>((expire) => deadlines.add({ deadline: performance.now() + 5, position: -1, expire }));
  await expired();
  await expired();
});
