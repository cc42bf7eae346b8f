/** Figures as people read them. */

const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 1, notation: "compact" });
const PLAIN = new Intl.NumberFormat("en");

/** A count: 950, 12.3K. */
export const count = (number) => (number < 10_000 ? PLAIN.format(number) : NUMBER.format(number));

/** A time of milliseconds in the unit that fits: 85 ms, 1.2 s, 3 min. */
export function millis(time) {
  if (time == null) return "–";
  if (time < 1000) return `${Math.round(time)} ms`;
  return time < 100_000 ? `${(time / 1000).toFixed(time < 10_000 ? 1 : 0)} s` : seconds(time / 1000);
}

/** A time of seconds in the unit that fits: 12 s, 5 min, 3 h, 2 d. */
export function seconds(time) {
  const units = [[86_400, "d"], [3600, "h"], [60, "min"]];
  const [length, name] = units.find(([unit]) => time >= 2 * unit) ?? [1, "s"];
  return `${Math.floor(time / length)} ${name}`;
}

/** US dollars, so exact that a small amount is not nothing. */
export function dollars(amount) {
  const digits = amount === 0 || amount >= 1 ? 2 : 6;
  return `$${amount.toFixed(digits).replace(/(\.\d\d.*?)0+$/, "$1")}`;
}

/** One thing, several things. */
export const things = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

/** The time of day here. */
export const clock = (instant) =>
  new Date(instant).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
