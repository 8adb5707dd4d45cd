import { expect } from 'chai';
import { Stage } from './stage.js';

describe('all monitors', () => {
  it('have no objection to a delivery that goes well', () => {
    const stage = new Stage();
    stage.at(10).record({ kind: 'positionFound', bolt: 'extended', doorClosed: true }).report('locked');
    stage.at(10_000).retractForVisitor().report('notFullyLocked', { activity: 'unlocking' });
    stage.travel('unlocked').report('unlocked', { lastResult: 'ok' });
    stage.at(14_000).moveDoor(false).report('unlocked', { door: 'open' });
    stage.at(26_000).moveDoor(true);
    stage.at(26_300).relock().travel('locked').report('locked', { lastResult: 'ok' });
    stage.at(40_000).request({ kind: 'depart', personId: 'courier', visitId: 'parcel' });
    stage.at(40_000).endVisit('completed', 'parcel', 12_000);
    stage.at(40_100).notice(1, 'visitEnded', 'parcel');
    stage.at(10_000_000).observers.finish(stage.nowMs);
    expect(stage.violations).to.deep.equal([]);
  });
});
