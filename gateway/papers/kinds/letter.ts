import { formalDay } from "../days.ts";
import type { Block, Paper } from "../paper.ts";
import type { PaperHead } from "./paper-head.ts";

type Letter = { occasion: "BIRTH" | "DEATH"; about: string; at: string };

/** Letter of the commune to a family. It has no codes: nobody is to scan a condolence. */
export function letter(dossier: PaperHead & { letter: Letter | null }): Paper {
  const { commune } = dossier.office;
  const { occasion, about, at } = dossier.letter ?? { occasion: "BIRTH", about: "", at: "" };
  const from = `Ủy ban nhân dân ${commune.name}`;
  const isBirth = occasion === "BIRTH";
  return {
    institution: { above: null, name: from },
    form: null,
    issued: { place: commune.name, at },
    title: { vi: isBirth ? "Thư chúc mừng" : "Thư chia buồn" },
    code: dossier.code,
    qrCodes: [],
    blocks: [isBirth ? congratulation(from, about, at) : condolence(from, about)],
    signatures: [
      {
        role: { vi: "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH" },
        instruction: { vi: "(Ký, ghi rõ họ tên và đóng dấu)" },
        name: null,
      },
    ],
    notes: [],
  };
}

function congratulation(from: string, child: string, at: string): Block {
  return {
    kind: "letter",
    salutation: `Kính gửi: Gia đình cháu ${child}`,
    paragraphs: [
      `${from} xin chúc mừng gia đình đã chào đón cháu ${child}. Việc đăng ký khai sinh của cháu đã hoàn thành vào ${formalDay(at)}.`,
      "Chúc cháu luôn khỏe mạnh, chóng lớn, chăm ngoan; chúc gia đình bình an và hạnh phúc.",
      "Trân trọng.",
    ],
  };
}

function condolence(from: string, deceased: string): Block {
  return {
    kind: "letter",
    salutation: `Kính gửi: Gia quyến ${deceased}`,
    paragraphs: [
      `Được tin ${deceased} từ trần, ${from} xin gửi tới gia quyến lời chia buồn sâu sắc.`,
      "Kính mong gia quyến sớm vượt qua nỗi đau mất mát này. Nếu cần hỗ trợ về thủ tục, gia quyến hãy báo cho Bộ phận Một cửa để được giúp đỡ.",
      "Kính thư.",
    ],
  };
}
