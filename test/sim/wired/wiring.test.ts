import { expect } from 'chai';
import type { Pins } from '../../../hal/board-pins.js';
import { WiredPlant, wiredBoard } from './wired-plant.js';

const { pins } = wiredBoard('arduino-uno');
const IN1 = 7;
const IN2 = 8;
const ENABLE = 9;
const CAMERA = 5;
const RECORDING_LAMP = 10;
const EXTENDED = 2;
const RETRACTED = 3;
const CONTACT = 4;
const CAMERA_SENSE = 6;

describe('Wiring', () => {
  describe('the bridge', () => {
    it('turns the motor as the levels of its pins say', () => {
      const drives = [
        { in1: 'low', in2: 'low', enable: 'high', drive: 'off' },
        { in1: 'high', in2: 'low', enable: 'high', drive: 'extend' },
        { in1: 'low', in2: 'high', enable: 'high', drive: 'retract' },
        { in1: 'high', in2: 'high', enable: 'high', drive: 'both' },
        { in1: 'high', in2: 'high', enable: 'low', drive: 'off' },
        { in1: 'high', in2: 'low', enable: 'low', drive: 'off' },
        { in1: 'high', in2: 'low', enable: 'input', drive: 'off' },
        { in1: 'high', in2: 'low', enable: 'inputPullUp', drive: 'off' },
        { in1: 'inputPullUp', in2: 'input', enable: 'high', drive: 'off' },
      ] as const;
      for (const { in1, in2, enable, drive } of drives) {
        const { wiring, log } = new WiredPlant();
        wiring.pinChanged(IN1, in1);
        wiring.pinChanged(IN2, in2);
        wiring.pinChanged(ENABLE, enable);
        expect(log.of('motor').at(-1) ?? '0 motor off', `${in1} ${in2} ${enable}`).to.equal(`0 motor ${drive}`);
      }
    });

    it('without an enable follows its two inputs', () => {
      const { motorEnable: _, ...rest } = pins;
      const { wiring, log } = new WiredPlant({ ...wiredBoard('arduino-uno'), pins: rest });
      wiring.pinChanged(IN2, 'high');
      wiring.pinChanged(IN1, 'high');
      wiring.pinChanged(IN2, 'input');
      wiring.pinChanged(IN1, 'low');
      expect(log.of('motor')).to.deep.equal(['0 motor retract', '0 motor both', '0 motor extend', '0 motor off']);
    });

    it('with both inputs HIGH brakes: the bolt stays, and no current flows', () => {
      const { wiring, plant, log, clock } = new WiredPlant();
      for (const pin of [IN1, IN2, ENABLE]) wiring.pinChanged(pin, 'high');
      clock.advanceTo(1000);
      expect(plant.bolt.travelUm()).to.equal(0);
      expect(plant.bolt.isDriven()).to.equal(false);
      expect(log.of('motorCurrent', 'bolt', 'motorStalled')).to.deep.equal([]);
    });
  });

  it('switches the camera on only by the active level; a floating pin leaves it off', () => {
    const cases: [Partial<Pins>, 'high' | 'low'][] = [
      [{}, 'high'],
      [{ cameraPower: { ...pins.cameraPower, polarity: 'activeLow', pull: 'externalUp' } }, 'low'],
    ];
    for (const [otherPins, onLevel] of cases) {
      const { wiring, log } = new WiredPlant(wiredBoard('arduino-uno', otherPins));
      wiring.pinChanged(CAMERA, 'input');
      wiring.pinChanged(CAMERA, onLevel === 'high' ? 'low' : 'high');
      expect(log.of('cameraPower')).to.deep.equal([]);
      wiring.pinChanged(CAMERA, onLevel);
      wiring.pinChanged(CAMERA, 'inputPullUp');
      expect(log.take('cameraPower'), onLevel).to.deep.equal(['0 cameraPower true', '0 cameraPower false']);
    }
  });

  it('lights a lamp by a HIGH output alone, and tells each change once', () => {
    const { wiring, log } = new WiredPlant();
    wiring.pinChanged(RECORDING_LAMP, 'low');
    wiring.pinChanged(RECORDING_LAMP, 'high');
    wiring.pinChanged(RECORDING_LAMP, 'high');
    wiring.pinChanged(11, 'high');
    wiring.pinChanged(13, 'high');
    wiring.pinChanged(RECORDING_LAMP, 'inputPullUp');
    expect(log.of('indicator')).to.deep.equal([
      '0 indicator recording true',
      '0 indicator jam true',
      '0 indicator fault true',
      '0 indicator recording false',
    ]);
  });

  describe('inputs', () => {
    it('show a closed switch LOW, and an open one HIGH if the chip pulls it up', () => {
      const { wiring } = new WiredPlant(wiredBoard('arduino-uno'), { boltExtended: false, doorClosed: true });
      const read = (pulledUp: boolean): boolean[] =>
        [EXTENDED, RETRACTED, CONTACT].map((pin) => wiring.isHigh(pin, pulledUp));
      expect(read(true)).to.deep.equal([true, false, false]);
      expect(read(false), 'floating').to.deep.equal([false, false, false]);
    });

    it('need no pull-up of the chip where a resistor pulls', () => {
      const doorContact = (
        polarity: 'activeHigh' | 'activeLow',
        pull: 'externalUp' | 'externalDown' | 'internalUp',
      ) => {
        const otherPins: Partial<Pins> = { doorContact: { ...pins.doorContact, polarity, pull } };
        return [true, false].map((doorClosed) => {
          const { wiring } = new WiredPlant(wiredBoard('arduino-uno', otherPins), { doorClosed });
          return [wiring.isHigh(CONTACT, false), wiring.isHigh(CONTACT, true)];
        });
      };
      const [high, low, pulled] = [
        [true, true],
        [false, false],
        [false, true],
      ] as const;
      expect(doorContact('activeLow', 'externalUp')).to.deep.equal([low, high]);
      expect(doorContact('activeHigh', 'externalDown')).to.deep.equal([high, low]);
      expect(doorContact('activeHigh', 'externalUp'), 'a contact that opens').to.deep.equal([high, low]);
      expect(doorContact('activeHigh', 'internalUp'), 'a contact that opens').to.deep.equal([pulled, low]);
    });

    it('show the camera power in truth, whatever the switch is told', () => {
      const { wiring, plant } = new WiredPlant();
      expect(wiring.isHigh(CAMERA_SENSE, true)).to.equal(false);
      wiring.pinChanged(CAMERA, 'high');
      expect(wiring.isHigh(CAMERA_SENSE, false)).to.equal(true);
      plant.setFault('camera', 'unpowered', true);
      expect(wiring.isHigh(CAMERA_SENSE, false)).to.equal(false);
    });

    it('show what faulty sensors show', () => {
      const { wiring, plant } = new WiredPlant();
      plant.setFault('extendedSwitch', 'stuckOn', true);
      expect(wiring.isHigh(EXTENDED, true)).to.equal(false);
      plant.setFault('motorSense', 'stuckHigh', true);
      expect(wiring.analogMv(0)).to.equal(2000);
    });

    it('read LOW at outputs that float, and what the chip pulls where nothing is connected', () => {
      const { wiring } = new WiredPlant();
      for (const pin of [IN1, IN2, ENABLE, CAMERA, RECORDING_LAMP]) expect(wiring.isHigh(pin, true)).to.equal(false);
      expect([wiring.isHigh(12, true), wiring.isHigh(12, false)]).to.deep.equal([true, false]);
      const activeLow: Partial<Pins> = {
        cameraPower: { ...pins.cameraPower, polarity: 'activeLow', pull: 'externalUp' },
      };
      expect(new WiredPlant(wiredBoard('arduino-uno', activeLow)).wiring.isHigh(CAMERA, false)).to.equal(true);
    });
  });

  describe('voltages', () => {
    it('are those of motor current and supply at their pins', () => {
      const { wiring, plant } = new WiredPlant();
      expect([wiring.analogMv(0), wiring.analogMv(1)]).to.deep.equal([0, plant.bolt.supplyMv() / 2]);
      wiring.pinChanged(ENABLE, 'high');
      wiring.pinChanged(IN1, 'high');
      // 1 V per A: the inrush.
      expect(wiring.analogMv(0)).to.equal(370);
      expect(wiring.analogMv(1)).to.equal(plant.bolt.supplyMv() / 2);
      expect(wiring.analogMv(5), 'nothing connected').to.equal(0);
    });

    it('scale as the board says, up to what a pin can read', () => {
      const board = wiredBoard('arduino-uno', {
        motorCurrent: { ...pins.motorCurrent, pin: 'A3', scaleMvPerA: 20_000 },
        supplyVoltage: { ...pins.supplyVoltage, dividerRatio: 1 },
      });
      const { wiring, plant } = new WiredPlant(board);
      wiring.pinChanged(ENABLE, 'high');
      wiring.pinChanged(IN2, 'high');
      plant.setFault('motorSense', 'stuckHigh', true);
      expect([wiring.analogMv(3), wiring.analogMv(1), wiring.analogMv(0)]).to.deep.equal([5000, 5000, 0]);
      plant.setFault('motorSense', 'stuckHigh', false);
      plant.setFault('motorSense', 'shorted', true);
      expect(wiring.analogMv(3)).to.equal(0);
    });

    it('are HIGH above half of the reference if read as digital pins', () => {
      const { wiring, plant } = new WiredPlant();
      expect([wiring.isHigh(14, false), wiring.isHigh(15, false)]).to.deep.equal([false, plant.bolt.supplyMv() > 5000]);
    });
  });
});
