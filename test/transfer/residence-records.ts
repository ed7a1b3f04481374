let serial = 100_000;

/** The next number of a test: no two persons or households of a file have one. */
export const nextSerial = () => serial++;

/** A person with a number that no other test of the file uses. */
export function aPerson(more: object = {}) {
  const personalId = `092085${nextSerial()}`;
  const facts = {
    fullName: "Trần Văn Mẫu",
    dateOfBirth: "1985-03-04",
    sex: "MALE",
    ethnicity: "Kinh",
    nationality: "VNM",
  };
  return { personalId, ...facts, ...more };
}

export const aMember = (relationToHead: string, more: object = {}) => ({
  ...aPerson(more),
  ...{ relationToHead, registeredOn: "2022-05-06" },
});

export function aHousehold(members: object[], more: object = {}) {
  const code = `31471${nextSerial()}`;
  const home = { code, addressLine: "Số 1, khu vực 1", commune: "31471", enteredOn: "2022-05-06" };
  return { record: "HOUSEHOLD", ...home, members, ...more };
}
