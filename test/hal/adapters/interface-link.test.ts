import { expect } from 'chai';
import type { NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { InterfaceLink } from '../../../hal/adapters/interface-link.js';
import { VirtualClock } from '../../../sim/virtual-clock.js';
import { describeLink } from '../contracts/link.suite.js';

function address(text: string, internal = false): NetworkInterfaceInfo {
  const family = text.includes(':') ? 'IPv6' : 'IPv4';
  return { address: text, internal, family, netmask: '', mac: '', cidr: null, scopeid: 0 };
}

const loopback = address('127.0.0.1', true);

describeLink('interfaces', () => {
  const clock = new VirtualClock();
  let up = true;
  let fails = false;
  const interfaces: typeof networkInterfaces = () => {
    if (fails) throw new Error('uv_interface_addresses returned 97');
    return up ? { lo: [loopback], wlan0: [address('192.168.0.7')] } : { lo: [loopback] };
  };
  return Promise.resolve({
    link: new InterfaceLink(clock, interfaces),
    setUp: (nowUp) => {
      up = nowUp;
    },
    failToAsk: () => {
      fails = true;
    },
    advance: (durationMs) => {
      clock.advanceTo(clock.nowMs() + durationMs);
      return Promise.resolve();
    },
  });
});

describe('the network by its interfaces', () => {
  const isUp = (...addresses: NetworkInterfaceInfo[]): boolean =>
    new InterfaceLink(new VirtualClock(), () => ({ lo: [loopback], eth0: addresses })).isUp();

  it('is up by an address that leads out', () => {
    expect(isUp(address('10.0.0.2'))).to.equal(true);
    expect(isUp(address('fe80::1'), address('2001:db8::7'))).to.equal(true);
  });

  it('is not up by addresses that an interface gives itself', () => {
    expect(isUp()).to.equal(false);
    expect(isUp(address('169.254.3.4'), address('fe80::1'), address('febf::1'))).to.equal(false);
  });
});
