const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A moment of virtual time as a clock shows it: `0:20.412`, `1:02:03.000`, `6 d 0:00:00.000`. */
export function clockText(atMs: number): string {
  const totalMs = Math.round(atMs);
  const days = Math.floor(totalMs / dayMs);
  const hours = Math.floor((totalMs % dayMs) / hourMs);
  const minutes = Math.floor((totalMs % hourMs) / minuteMs);
  const seconds = `${padded(Math.floor((totalMs % minuteMs) / 1000), 2)}.${padded(totalMs % 1000, 3)}`;
  if (days > 0) return `${days} d ${hours}:${padded(minutes, 2)}:${seconds}`;
  return hours > 0 ? `${hours}:${padded(minutes, 2)}:${seconds}` : `${minutes}:${seconds}`;
}

/** A span in the two units that matter: `12 ms`, `4.2 s`, `1 min 43 s`, `7 d 0 h`. */
export function spanText(spanMs: number): string {
  if (spanMs < 999.5) return `${Math.round(spanMs)} ms`;
  if (spanMs < minuteMs - 50) return `${(spanMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(spanMs / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** The time of day of a calendar moment, UTC: `09:30`. */
export function timeOfDayText(utcMs: number): string {
  const minutes = Math.floor((((utcMs % dayMs) + dayMs) % dayMs) / minuteMs);
  return `${padded(Math.floor(minutes / 60), 2)}:${padded(minutes % 60, 2)}`;
}

/** `no jams`, `1 jam`, `2 jams`. */
export function count(amount: number, one: string, many: string): string {
  if (amount === 1) return `1 ${one}`;
  return `${amount === 0 ? 'no' : amount.toLocaleString('en')} ${many}`;
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
