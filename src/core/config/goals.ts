/** What a reader comes for: decides which parts of the form are open at first. */
export const GOALS = ['slow', 'proxy', 'ca', 'stuck', 'custom'] as const;

export type Goal = (typeof GOALS)[number];
