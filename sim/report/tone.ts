/** What a piece of text means, so that a terminal may colour it. */
export type Tone = 'title' | 'plain' | 'quiet' | 'good' | 'warning' | 'bad';

/** Colours a text, or leaves it as it is. */
export type Paint = (tone: Tone, text: string) => string;

export const unpainted: Paint = (_tone, text) => text;
