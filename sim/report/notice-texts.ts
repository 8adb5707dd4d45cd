import type { Notice } from '../../hal/contracts/notices.js';
import type { RefusalReason } from '../../firmware/journal/records.js';
import { inWords } from '../scenario/words.js';
import { refusalTexts } from './refusal-texts.js';

const hintTexts: Readonly<Record<string, string>> = {
  pullTheDoor: 'pull the door towards you while the bolt moves',
  callTheOwner: 'call the owner',
};

/** A notice in words. `visitor` is the person whose visit it is about. */
export function noticeText({ kind, detail }: Notice, visitor: string): string {
  switch (kind) {
    case 'announced':
      return `${visitor} is expected`;
    case 'corrected':
      return `${visitor} comes at another time`;
    case 'atDoor':
      return `${visitor} is at the door`;
    case 'rang':
      return `${visitor} rang`;
    case 'recording':
      return 'the door is being recorded';
    case 'unlocked':
      return `unlocked for ${visitor}`;
    case 'entered':
      return `the door was opened, unlocked for ${visitor}`;
    case 'relocked':
      return 'locked again';
    case 'refused':
      return `refused: ${refusalTexts[detail as RefusalReason]}`;
    case 'alarmRaised':
      return `alarm: ${inWords(detail)}`;
    case 'alarmCleared':
      return `no more alarm: ${inWords(detail)}`;
    case 'hint':
      return hintTexts[detail] ?? inWords(detail);
    case 'visitEnded':
      return `the visit of ${visitor} is over: ${inWords(detail)}`;
    case 'modeChanged':
      return `the mode is now ${inWords(detail)}`;
    case 'summary':
      return `older notices in short: ${detail}`;
  }
}
