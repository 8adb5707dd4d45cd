import { RecordsInMemory } from '../../../sim/hal/records-in-memory.js';
import { describeRecordStore } from '../../firmware/journal/record-store.suite.js';
import { SimulatedBench } from './simulated-bench.js';

describeRecordStore('RecordsInMemory', (seed) => {
  const bench = new SimulatedBench(seed);
  const records = new RecordsInMemory(bench.hardware.store);
  return Promise.resolve({
    records,
    advance: (durationMs) => bench.advance(durationMs),
    crash: async () => {
      bench.killHost();
      records.crash();
      await bench.rebootHost();
      return records;
    },
    setTrouble: (trouble) => bench.troubleStore(trouble),
  });
});
