import fc from 'fast-check';

// The same cases in every run: a change is judged by what it changed, not by luck. Fresh luck belongs to campaigns.
fc.configureGlobal({ seed: 20_261_122 });
