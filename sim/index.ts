/** The package's face `latchkey/sim`: worlds, stories and monitors, for a plant or a firmware of one's own. */
export { FanOut } from './fan-out.js';
export type { Observations, Observer } from './observation.js';
export { allMonitors } from './monitors/all-monitors.js';
export type { PropertyId, Violation } from './monitors/monitor.js';
export { DEFAULT_MONITOR_SETTINGS, type MonitorSettings } from './monitors/settings.js';
export { loadScenario } from './scenario/load.js';
export { playScenario, type ScenarioResult } from './scenario/player.js';
export { type Scenario, sweepPoints } from './scenario/scenario.js';
export { VirtualClock } from './virtual-clock.js';
export type { HandDeed, MakeWorld, World, WorldSettings } from './world.js';
export { ModelWorld, type ModelOptions } from './worlds/model.js';
