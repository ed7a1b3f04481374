import { element, fill } from "../client/element.ts";
import { dayAndTime, language } from "../client/language.ts";
import { namedAttachments } from "./attachments/named-attachments.ts";
import type { Desk, View } from "./desk.ts";
import type { openOutbox } from "./outbox.ts";
import { printReceipt } from "./receipt.ts";
import { validCodes } from "./reserved-codes.ts";
import type { Storage, Taken } from "./storage.ts";
import { texts } from "./texts.ts";

type Shared = { desk: Desk; storage: Storage; outbox: ReturnType<typeof openOutbox> };

/** List of the requests taken on this machine: waiting, accepted, or refused and open to correction. */
export function outboxView({ desk, storage, outbox }: Shared): View & { refresh(): void } {
  const root = element("section", { class: "view" });

  async function draw(): Promise<void> {
    const [all, codes] = await Promise.all([storage.taken(), validCodes(desk, storage)]);
    fill(
      root,
      element("h2", {}, texts.views.outbox),
      element("p", { class: "hint" }, texts.outboxHint(codes.length)),
      all.length === 0 ? element("p", {}, texts.outboxEmpty) : element("ul", { class: "rows taken" }, all.map(row)),
      element("button", { type: "button", class: "small", click: () => outbox.send().then(draw) }, texts.sendNow),
    );
  }

  function row(taken: Taken): HTMLElement {
    const { idempotencyKey, name, applicant, code, savedAt, state, dossier, problems = [], failure } = taken;
    const files = namedAttachments(taken.input).length;
    const correct = async () => {
      const id = await storage.reopen(taken);
      if (id) location.hash = `#form/${id}`;
      else await draw();
    };
    const forget = async () => {
      await storage.removeTaken(idempotencyKey);
      await draw();
    };
    const button = (text: string, click: () => unknown) =>
      element("button", { type: "button", class: "small", click }, text);
    return element(
      "li",
      { "data-state": state },
      element("strong", {}, [applicant, name].filter(Boolean).join(" · ")),
      element("span", { class: "hint" }, dayAndTime(new Date(savedAt).toISOString())),
      element("span", { class: "badge", "data-state": state }, texts.taken[state]),
      dossier
        ? element("a", { href: `#dossier/${dossier}` }, dossier)
        : code && element("span", { class: "code" }, code),
      state === "WAITING" && files > 0 && element("span", { class: "hint" }, texts.files.count(files)),
      failure && state === "WAITING" && element("p", { class: "hint" }, failure),
      problems.map((each) => element("p", { class: "late" }, language === "en" ? each.messageEn : each.message)),
      state === "WAITING" && !code && element("p", { class: "hint" }, texts.noReceipt),
      state === "WAITING" && code && button(texts.printReceipt, () => printReceipt(taken)),
      state === "REFUSED" && button(texts.correct, correct),
      state === "ACCEPTED" && button(texts.forget, forget),
    );
  }

  void draw();
  return { element: root, refresh: () => void draw() };
}
