/** Path to which the provider sends its notices. */
export const CALLBACK_PATH = "/payments/callback";
