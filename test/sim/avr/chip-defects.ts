import { NO, OPEN_SERIAL, SUBROUTINES, withVector, YES } from './assembly.js';
import type { Defect } from './defect.js';
import { runShortly } from './defect.js';

export const chipDefects: readonly Defect[] = [
  {
    name: 'does not sleep',
    program: withVector(
      0x1c,
      'millisecond',
      `${OPEN_SERIAL}
        ldi r16, 2
        out 0x24, r16
        ldi r16, 249
        out 0x27, r16
        ldi r16, 2
        sts 0x6e, r16
        ldi r16, 3
        out 0x25, r16
        ldi r16, 1
        out 0x33, r16
        ldi r20, 0
        ldi r21, 0
        sei
      sleeping:
        sleep
        inc r20
        cpi r21, 5
        brne sleeping
        call send
      end:
        rjmp end
      millisecond:
        inc r21
        reti
        ${SUBROUTINES}`,
    ),
    // What 80,000 cycles of that loop leave in eight bits.
    story: runShortly,
    sentByAvr8js: [107],
    sentByChip: [5],
  },
  {
    name: 'interrupts between SEI and the next instruction',
    program: withVector(
      0x20,
      'overflowed',
      `${OPEN_SERIAL}
        ldi r16, 1
        sts 0x6e, r16
        out 0x25, r16
        call pause
        ldi r20, ${NO}
        sei
        ldi r20, ${YES}
      end:
        rjmp end
      overflowed:
        call send
        rjmp end
        ${SUBROUTINES}`,
    ),
    story: runShortly,
    sentByAvr8js: [NO],
    sentByChip: [YES],
  },
  {
    name: 'interrupts between RETI and the next instruction',
    program: withVector(
      0x20,
      'overflowed',
      `${OPEN_SERIAL}
        ldi r16, 1
        sts 0x6e, r16
        out 0x25, r16
        ldi r20, 0
        ldi r21, 0
        sei
      counting:
        inc r21
        rjmp counting
      overflowed:
        inc r20
        cpi r20, 100
        breq report
        call pause
        reti
      report:
        mov r20, r21
        call send
      end:
        rjmp end
        ${SUBROUTINES}`,
    ),
    story: (chip) => chip.runMs(220),
    // The loop until the first overflow, and one of its two instructions at each further one.
    sentByAvr8js: [85],
    sentByChip: [134],
  },
  {
    name: 'answers interrupts two cycles too early',
    program: withVector(
      0x16,
      'compared',
      `${OPEN_SERIAL}
        ldi r16, 200
        sts 0x88, r16
        ldi r16, 2
        sts 0x6f, r16
        ldi r16, 1
        sts 0x81, r16
        sei
      end:
        rjmp end
      compared:
        lds r20, 0x84
        call send
        rjmp end
        ${SUBROUTINES}`,
    ),
    story: runShortly,
    sentByAvr8js: [207],
    sentByChip: [209],
  },
  {
    name: 'takes no time to wake',
    program: withVector(
      0x16,
      'compared',
      `${OPEN_SERIAL}
        ldi r16, 1
        out 0x33, r16
        ldi r16, 200
        sts 0x88, r16
        ldi r16, 2
        sts 0x6f, r16
        ldi r16, 1
        sts 0x81, r16
        sei
      end:
        sleep
        rjmp end
      compared:
        lds r20, 0x84
        call send
        rjmp end
        ${SUBROUTINES}`,
    ),
    story: runShortly,
    sentByAvr8js: [206],
    sentByChip: [212],
  },
  {
    name: 'lets a program set the flags of MCUSR',
    program: `${OPEN_SERIAL}
      ldi r16, 0x0f
      out 0x34, r16
      in r20, 0x34
      call send
    end:
      rjmp end
      ${SUBROUTINES}`,
    story: runShortly,
    sentByAvr8js: [0x0f],
    sentByChip: [0x01],
  },
  {
    name: 'counts one cycle for CBI, which takes two',
    program: `${OPEN_SERIAL}
      ldi r16, 1
      sts 0x81, r16
      cbi 0x05, 0
      cbi 0x05, 0
      lds r20, 0x84
      call send
    end:
      rjmp end
      ${SUBROUTINES}`,
    story: runShortly,
    sentByAvr8js: [3],
    sentByChip: [5],
  },
  {
    name: 'ignores SPM',
    program: `jmp begin
      _loc 0x7000
    begin:
      ${OPEN_SERIAL}
      ldi r30, 0x80
      ldi r31, 0x10
      ldi r16, 0x34
      mov r0, r16
      ldi r16, 0x12
      mov r1, r16
      ldi r16, 1
      out 0x37, r16
      spm
      ldi r16, 3
      call command
      ldi r16, 5
      call command
      ldi r16, 0x11
      call command
      lpm r20, Z+
      call send
      lpm r20, Z+
      call send
      lpm r20, Z+
      call send
    end:
      rjmp end
    command:
      out 0x37, r16
      spm
    busy:
      in r16, 0x37
      sbrc r16, 0
      rjmp busy
      ret
      ${SUBROUTINES}`,
    // It never says that it is done.
    story: runShortly,
    sentByAvr8js: [],
    sentByChip: [0x34, 0x12, 0xff],
  },
  {
    name: 'leaves pins driven after a reset by the watchdog',
    program: `${OPEN_SERIAL}
      in r20, 0x04
      call send
      ldi r16, 0x20
      out 0x04, r16
      in r20, 0x34
      sbrc r20, 3
      rjmp end
      ldi r16, 0x18
      sts 0x60, r16
      ldi r16, 0x08
      sts 0x60, r16
    end:
      rjmp end
      ${SUBROUTINES}`,
    story: (chip) => chip.runMs(20),
    sentByAvr8js: [0x00, 0x20],
    sentByChip: [0x00, 0x00],
  },
  {
    name: 'switches the watchdog off when it has bitten',
    program: `${OPEN_SERIAL}
      in r20, 0x34
      call send
      ldi r18, 0x08
      sbrc r20, 3
      ldi r18, 0x00
      ldi r16, 0x18
      sts 0x60, r16
      sts 0x60, r18
    end:
      rjmp end
      ${SUBROUTINES}`,
    story: (chip) => chip.runMs(40),
    sentByAvr8js: [0x00, 0x08],
    sentByChip: [0x01, 0x09, 0x09],
  },
  {
    name: 'begins no conversion of the ADC as it falls asleep',
    program: withVector(
      0x1c,
      'millisecond',
      `${OPEN_SERIAL}
        ldi r16, 0x87
        sts 0x7a, r16
        ldi r16, 250
        out 0x27, r16
        ldi r16, 2
        sts 0x6e, r16
        ldi r16, 3
        out 0x25, r16
        ldi r16, 1
        out 0x33, r16
        sei
        sleep
        call pause
        lds r20, 0x7a
        call send
      end:
        rjmp end
      millisecond:
        reti
        ${SUBROUTINES}`,
    ),
    story: runShortly,
    sentByAvr8js: [0x87],
    sentByChip: [0x97],
  },
  {
    name: 'ends no conversion of an ADC that is switched off',
    program: `${OPEN_SERIAL}
      ldi r16, 0xc7
      sts 0x7a, r16
      ldi r16, 0x07
      sts 0x7a, r16
      call pause
      lds r20, 0x7a
      call send
    end:
      rjmp end
      ${SUBROUTINES}`,
    story: runShortly,
    sentByAvr8js: [0x17],
    sentByChip: [0x07],
  },
  {
    name: 'sets the flag of the ADC where 1 is written to clear it',
    program: `${OPEN_SERIAL}
      ldi r16, 0xc7
      sts 0x7a, r16
      call pause
      ldi r16, 0x97
      sts 0x7a, r16
      lds r20, 0x7a
      call send
    end:
      rjmp end
      ${SUBROUTINES}`,
    story: runShortly,
    sentByAvr8js: [0x97],
    sentByChip: [0x87],
  },
];
