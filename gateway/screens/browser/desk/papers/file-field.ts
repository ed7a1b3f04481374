import { element } from "../../client/element.ts";
import { inOwnLanguage } from "../../client/language.ts";
import type { Attachments } from "../attachments/attachments.ts";
import { texts } from "../texts.ts";
import { type Chosen, fileList } from "./file-list.ts";

const ACCEPTED = "application/pdf,image/jpeg,image/png,image/webp,image/heic,image/tiff";

export type FileField = ReturnType<typeof fileField>;

/** Files of a paper: chosen, kept and uploaded, each with its state. `title` names the paper for screen readers. */
export function fileField(
  attachments: Attachments,
  { id, title, isMultiple }: { id: string; title: string; isMultiple: boolean },
  changed: () => void,
) {
  const list = fileList(() => {
    changed();
    input.focus();
  });
  const name = element("span", { class: "unseen" }, `: ${title}`);
  const label = element("label", { for: id, class: "small" }, texts.files.choose, name);
  const input = element("input", { id, type: "file", class: "unseen", accept: ACCEPTED, multiple: isMultiple, change });

  function change(): void {
    const chosen = [...(input.files ?? [])];
    input.value = ""; // the same file may be chosen again
    if (!isMultiple) list.clear();
    for (const file of chosen) void add(file);
  }

  async function add(file: File): Promise<void> {
    const chosen = list.add(`${file.name} (${texts.files.size(file.size)})`);
    chosen.row.say(texts.files.reading);
    const kept = await attachments.keep(file);
    if ("problem" in kept) return refuse(chosen, kept.problem);
    if (list.ids().includes(kept.id)) return list.remove(chosen); // its content is here already
    chosen.id = kept.id;
    changed();
    await send(chosen, kept.id);
  }

  async function send(chosen: Chosen, file: string): Promise<void> {
    chosen.row.say(texts.files.kept);
    if (!attachments.isLineUp()) return;
    const sent = await attachments.send(file, chosen.row.progress);
    if (sent.state === "REFUSED") refuse(chosen, sent.problem);
    else chosen.row.say({ SENT: texts.files.sent, DELAYED: texts.files.kept, ABSENT: texts.files.absent }[sent.state]);
  }

  function refuse(chosen: Chosen, { message, messageEn }: { message: string; messageEn: string }): void {
    delete chosen.id;
    chosen.row.refuse(inOwnLanguage(message, messageEn));
    changed();
  }

  return {
    element: element("div", { class: "file-field" }, input, label, list.element),
    input,
    ...{ ids: list.ids, isIncomplete: list.isIncomplete },
    /** Shows the files of a draft. */
    async set(ids: readonly string[]): Promise<void> {
      list.clear();
      const shown = ids.map((file) => ({ file, chosen: list.add(file, file) }));
      for (const { file, chosen } of shown) {
        const known = await attachments.nameOf(file);
        if (known) chosen.row.name(known);
        if (known) await send(chosen, file);
        else chosen.row.say(texts.files.absent);
      }
    },
  };
}
