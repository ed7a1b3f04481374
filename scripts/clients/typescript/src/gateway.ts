/** Address of the gateway, set by the program that bundles this client. */
declare const GATEWAY: string;

export const graphqlUrl = `${GATEWAY}/graphql`;

/** Headers with a clerk's token, which demo mode issues to everybody. */
export async function clerkHeaders(): Promise<{ authorization: string }> {
  const response = await fetch(`${GATEWAY}/dev/token?persona=clerk`);
  const { access_token } = (await response.json()) as { access_token: string };
  return { authorization: `Bearer ${access_token}` };
}

/** Prints the result as one line of JSON. */
export function report(result: object): void {
  console.log(JSON.stringify(result));
}
