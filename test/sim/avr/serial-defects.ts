import { NO, OPEN_SERIAL, SUBROUTINES, withVector, YES } from './assembly.js';
import type { Defect } from './defect.js';
import { feed, runShortly } from './defect.js';

/** Sends whether bit 7 of r18 is set. */
const SEND_BIT_7 = `
  ldi r20, ${NO}
  sbrc r18, 7
  ldi r20, ${YES}
  call send
end:
  rjmp end`;

/** Receives as many bytes as the hardware kept while the program was busy, sends how many, and the overrun flag. */
const COUNT_RECEIVED = `
  ${OPEN_SERIAL}
  call pause
  ldi r20, 0
  ldi r19, 0
next:
  lds r18, 0xc0
  or r19, r18
  sbrs r18, 7
  rjmp done
  lds r18, 0xc6
  inc r20
  rjmp next
done:
  call send
  mov r20, r19
  andi r20, 0x08
  call send
end:
  rjmp end
  ${SUBROUTINES}`;

export const serialDefects: readonly Defect[] = [
  {
    name: 'drops a received byte when UCSRB is written',
    program: `${OPEN_SERIAL}
      call pause
      sts 0xc1, r16
      lds r18, 0xc0
      ${SEND_BIT_7}
      ${SUBROUTINES}`,
    story: feed([1]),
    sentByAvr8js: [NO],
    sentByChip: [YES],
  },
  {
    name: 'forgets that a byte was received when UCSRA is written',
    program: `${OPEN_SERIAL}
      call pause
      ldi r16, 0x40
      sts 0xc0, r16
      lds r18, 0xc0
      ldi r20, ${NO}
      sbrc r18, 7
      ldi r20, ${YES}
      sts 0xc6, r20
    end:
      rjmp end
      ${SUBROUTINES}`,
    story: feed([1]),
    sentByAvr8js: [NO],
    sentByChip: [YES],
  },
  {
    name: 'has no buffer behind the receiver',
    program: COUNT_RECEIVED,
    story: feed([1, 2]),
    sentByAvr8js: [1, 0],
    sentByChip: [2, 0],
  },
  {
    name: 'knows no overrun',
    program: COUNT_RECEIVED,
    story: feed([1, 2, 3, 4]),
    sentByAvr8js: [1, 0],
    // Two wait in the buffer and the last in the shift register; the third is lost.
    sentByChip: [3, 8],
  },
  {
    name: 'takes the flag of the data-empty interrupt away when it is answered',
    program: withVector(
      0x26,
      'empty',
      `${OPEN_SERIAL}
        ldi r20, 0
        ldi r16, 0x38
        sei
        sts 0xc1, r16
        call pause
        sts 0xc6, r20
      end:
        rjmp end
      empty:
        inc r20
        ldi r16, 0x18
        cpi r20, 3
        brne more
        sts 0xc1, r16
      more:
        reti
        ${SUBROUTINES}`,
    ),
    story: runShortly,
    sentByAvr8js: [1],
    sentByChip: [3],
  },
  {
    name: 'has no buffer before the transmitter',
    program: `${OPEN_SERIAL}
      sts 0xc6, r16
      nop
      nop
      lds r18, 0xc0
      lsl r18
      lsl r18
      ${SEND_BIT_7}
      ${SUBROUTINES}`,
    story: runShortly,
    sentByAvr8js: [0x18, NO],
    sentByChip: [0x18, YES],
  },
];
