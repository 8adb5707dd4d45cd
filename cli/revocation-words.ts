/** What can be revoked, as the command line has it. */
export const revocationKinds = ['worker', 'device', 'provider', 'key', 'grant', 'code', 'guest', 'access-key'] as const;

export type RevocationWord = (typeof revocationKinds)[number];
