/** The request of the tests' bundle, as JSON. */
export type NameDayInput = {
  office: string;
  declarant: { fullName: string; personalId: string; phone: string };
  mother: { personalId: string };
  child: { fullName: string; birthNotice: string };
};
