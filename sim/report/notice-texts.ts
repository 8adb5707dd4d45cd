import type { Notice } from '../../hal/contracts/notices.js';
import { inWords } from '../scenario/words.js';
import { timeOfDayText } from './quantity-texts.js';
import { refusalTexts } from '../../firmware/refusal-texts.js';

const hintTexts: Readonly<Record<string, string>> = {
  pullTheDoor: 'pull the door towards you while the bolt moves',
  callTheOwner: 'call the owner',
};

/** A notice in words. `person` is whose visit it is about; where the notice names a firm, that is added. */
export function noticeText({ kind, detail, visitor: known }: Notice, person: string): string {
  const firm = known?.firm ?? null;
  const visitor = firm === null ? person : `${person} of ${firm}`;
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
      return `refused: ${refusalText(detail)}`;
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
    case 'prolonged':
      return `the visit of ${visitor} may last until ${timeOfDayText(Number(detail))} UTC`;
    case 'accessChanged':
      return `who may enter has changed: ${detail}`;
    case 'summary':
      return `older notices in short: ${detail}`;
  }
}

/** A lock of a later version may have reasons that are not known here. */
function refusalText(reason: string): string {
  const known: Readonly<Record<string, string>> = refusalTexts;
  return known[reason] ?? inWords(reason);
}
