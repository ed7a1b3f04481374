import type { Field, Paper, QrCode } from "../paper.ts";

type Commune = { name: string };
export type Agency = { name: string; nameEn: string };
export type Procedure = { code: string; name: string };
export type HeadPart = { id: string; procedure: Procedure | null; agency: Agency; dueAt: string | null };

/** Facts of a dossier as the fragment `PaperHead` selects them. */
export type PaperHead<Part extends HeadPart = HeadPart> = {
  code: string;
  office: { name: string; commune: Commune };
  bundle: Procedure | null;
  issuedPapers: { kind: string; part: { id: string } | null }[];
  applicant: {
    fullName: string;
    phone: string | null;
    email: string | null;
    address: { line: string; commune: Commune } | null;
  } | null;
  subject: { fullName: string } | null;
  parts: Part[];
};

/** The one-stop desk as the institution that issues a paper. */
export function deskOf({ office }: PaperHead): Paper["institution"] {
  return { above: `Ủy ban nhân dân ${office.commune.name}`, name: "Bộ phận Một cửa" };
}

/** One code opens the tracking page of the dossier, the other one the page of a procedure; `origin` is the public one of the gateway. */
export function qrCodesOf({ code, bundle, parts }: PaperHead, origin: string, procedure?: Procedure | null): QrCode[] {
  const shown = procedure ?? bundle ?? parts[0]?.procedure;
  return [
    {
      address: `${origin}/track/${encodeURIComponent(code)}`,
      caption: { vi: "Tra cứu hồ sơ", en: "Track the dossier" },
    },
    ...(shown
      ? [
          {
            address: `${origin}/procedures/${encodeURIComponent(shown.code)}`,
            caption: { vi: "Xem thủ tục", en: "The procedure" },
          },
        ]
      : []),
  ];
}

export function addressText({ line, commune }: { line: string; commune: Commune }): string {
  return `${line}, ${commune.name}`;
}

/** Name and procedure of a dossier, as every form asks for them. */
export function applicantFields({ applicant, subject }: PaperHead): Field[] {
  const { fullName = null, phone = null, email = null, address = null } = applicant ?? {};
  const isAboutOther = subject !== null && subject.fullName !== fullName;
  return [
    { label: { vi: "Hồ sơ của ông (bà)", en: "Applicant" }, value: fullName, isStrong: true },
    { label: { vi: "Địa chỉ", en: "Address" }, value: address && addressText(address) },
    { label: { vi: "Số điện thoại", en: "Telephone" }, value: phone },
    ...(email === null ? [] : [{ label: { vi: "Thư điện tử", en: "E-mail" }, value: email }]),
    ...(isAboutOther
      ? [{ label: { vi: "Người được giải quyết", en: "Person concerned" }, value: subject.fullName }]
      : []),
  ];
}

export function requestField({ bundle, parts }: PaperHead): Field {
  const procedure = bundle ?? parts[0]?.procedure;
  const value = procedure ? `${procedure.name} (mã thủ tục ${procedure.code})` : null;
  return { label: { vi: "Nội dung yêu cầu giải quyết", en: "Request" }, value };
}

/** Legal form by Circular 03/2025/TT-VPCP, appendix I. */
export function legalForm(number: string): string {
  return `Mẫu số ${number}, Phụ lục I, Thông tư 03/2025/TT-VPCP`;
}
