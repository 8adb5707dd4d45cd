import { expect } from 'chai';
import { notesFor } from '../../../firmware/access/owner-rules.js';
import { decideVisitor } from '../../../firmware/access/decide.js';
import { accessOf, factsOf, ruleOf, tokenGrant, visitOf } from './permitted.js';

describe('The notes for a visit', () => {
  const lead = ruleOf({
    name: 'lead',
    purposes: ['service'],
    notes: { id: 'n2', text: 'The lead hangs by the door.' },
  });
  const cat = ruleOf({ name: 'cat', notes: { id: 'n1', text: 'Mind the cat.' } });
  const others = ruleOf({
    name: 'others',
    purposes: ['delivery'],
    notes: { id: 'n3', text: 'Leave it by the stairs.' },
  });

  it('are all those of the rules about it, in an order of their own', () => {
    const notes = { id: 'n1+n2', text: 'Mind the cat.\n\nThe lead hangs by the door.' };
    expect(notesFor(tokenGrant(), { rules: [lead, cat, others] })).to.deep.equal(notes);
    expect(notesFor(tokenGrant(), { rules: [others, cat, lead] })).to.deep.equal(notes);
    expect(notesFor(tokenGrant(), { rules: [others] })).to.equal(null);
  });

  it('are acknowledged by the id that they have together, and by no part of it', () => {
    const facts = factsOf({ access: accessOf({ policy: { rules: [lead, cat] } }) });
    const answer = (notesId: string) => {
      const proof = { kind: 'device', deviceId: 'phone-1' } as const;
      const question = { act: 'enter', personId: 'walkers/wanda', proof, distanceM: null, notesId } as const;
      return decideVisitor(visitOf(tokenGrant()), question, facts);
    };
    expect(answer('n1+n2')).to.equal(null);
    for (const notesId of ['', 'n1', 'n2', 'n1n2', 'n1+n', '+']) expect(answer(notesId)).to.equal('notesUnread');
  });
});
