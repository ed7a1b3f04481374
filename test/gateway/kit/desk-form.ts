import type { Page } from "playwright-core";

type Parent = { personalId: string; fullName: string; dateOfBirth: string; ethnicity: string };

/** Input of a 3-in-1 as the demo's example has it. */
type BirthInput = {
  declarant: { fullName: string; phone: string };
  child: { fullName: string; sex: string; dateOfBirth: string; birthNotice: string };
  mother: Parent;
  father: Parent;
  insurance: { facility: string };
};

export async function birthInput(url: string): Promise<BirthInput> {
  const response = await fetch(`${url}/dev/example/submit-birth-bundle`);
  const { variables } = (await response.json()) as { variables: { input: BirthInput } };
  return variables.input;
}

export async function signInAtDesk(page: Page, url: string): Promise<void> {
  page.setDefaultTimeout(15_000);
  await page.goto(`${url}/desk`);
  await page.getByRole("button", { name: "Vào làm việc" }).click();
  await page.getByText("Phường Long Mỹ").first().waitFor();
}

/** Types a 3-in-1 into its empty form; `notice` in place of the number of the birth notice. */
export async function fillBirth(
  page: Page,
  { declarant, child, mother, father, insurance }: BirthInput,
  { notice = child.birthNotice, isLineUp = true } = {},
): Promise<void> {
  const part = (name: string) => page.locator(`fieldset[data-name="${name}"]`).first();
  await part("declarant").getByLabel("Họ, chữ đệm, tên").fill(declarant.fullName);
  await part("declarant").getByLabel("Quan hệ với trẻ").selectOption("MOTHER");
  await part("declarant").getByLabel("Số điện thoại").fill(declarant.phone);
  await part("child").getByLabel("Họ, chữ đệm, tên").fill(child.fullName);
  await part("child").getByLabel("Giới tính").selectOption(child.sex);
  await part("child").getByLabel("Ngày, tháng, năm sinh").fill(child.dateOfBirth.split("-").reverse().join("/"));
  await part("child").getByLabel("Dân tộc").fill("kin");
  await page.getByRole("option", { name: "Kinh" }).click();
  await part("child").getByLabel("Số giấy chứng sinh").fill(notice);
  await part("placeOfBirth").getByLabel("Cơ sở khám bệnh").fill("Trung tâm Y tế khu vực (mẫu)");
  await part("placeOfBirth").getByLabel("Mã đơn vị hành chính").fill("31471");
  for (const [name, title, person] of [["mother", "Mẹ", mother] as const, ["father", "Cha", father] as const]) {
    await page.getByRole("checkbox", { name: title, exact: true }).check();
    await part(name).getByLabel("Số định danh").fill(person.personalId);
    if (isLineUp) await part(name).locator(".known").waitFor();
    else await fillParent(page, name, person);
  }
  if (isLineUp) {
    await part("father").getByRole("button", { name: "Dùng hộ này" }).click();
    await part("residence").getByLabel("Quan hệ với chủ hộ").selectOption("CHILD");
  }
  await page.getByRole("checkbox", { name: "Thẻ bảo hiểm y tế" }).check();
  await part("insurance").getByRole("combobox").fill(insurance.facility);
}

/** Without a line nobody knows the parent by the number. */
async function fillParent(page: Page, name: string, parent: Parent): Promise<void> {
  const part = page.locator(`fieldset[data-name="${name}"]`).first();
  await part.getByLabel("Họ, chữ đệm, tên").fill(parent.fullName);
  await part.getByLabel("Ngày, tháng, năm sinh").fill(parent.dateOfBirth.split("-").reverse().join("/"));
  await part.getByLabel("Dân tộc").fill(parent.ethnicity);
}

/** Types a request for one procedure, a guardianship. */
export async function fillGuardianship(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Tiếp nhận" }).click();
  await page.getByRole("combobox").fill("1.004837");
  await page.getByRole("option", { name: /1\.004837/ }).click();
  await page.getByLabel("Nội dung đề nghị").fill("Đề nghị đăng ký giám hộ");
  await page.getByLabel("Mục đích").fill("Để hoàn thiện hồ sơ");
  await page.getByLabel(/Họ, chữ đệm/).fill("Lê Thị Thử Nghiệm");
}
