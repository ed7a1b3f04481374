import { element, fill } from "../client/element.ts";
import { dayAndTime } from "../client/language.ts";
import type { Taken } from "./storage.ts";
import { texts } from "./texts.ts";

/**
 * Prints a receipt of a request that was taken while the line was down: its reserved code, with the QR code of its tracking page. The
 * gateway's own receipt, with the appointment, follows once the dossier is accepted.
 */
export function printReceipt({ code, qr = "", name, applicant, takenAt }: Taken): void {
  const receipt = element(
    "article",
    { class: "receipt" },
    element("h2", {}, texts.receiptTitle),
    element("p", { class: "receipt-code" }, code ?? ""),
    drawingOf(qr),
    element("p", {}, `${texts.columns.who}: ${applicant}`),
    element("p", {}, `${texts.columns.what}: ${name}`),
    takenAt && element("p", {}, `${texts.takenAt}: ${dayAndTime(takenAt)}`),
    element("p", {}, texts.receiptNote),
  );
  const place = document.querySelector(".receipt-place") ?? element("div", { class: "receipt-place" });
  fill(place, receipt);
  document.body.append(place);
  print();
}

/** The gateway's drawing of a QR code, as elements: an image of it would need the line. */
function drawingOf(qr: string): Node | null {
  const { documentElement } = new DOMParser().parseFromString(qr, "image/svg+xml");
  return documentElement instanceof SVGElement ? document.importNode(documentElement, true) : null;
}
