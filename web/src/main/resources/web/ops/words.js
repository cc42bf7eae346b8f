/** Figures as people read them. */
import { language, t } from "../texts.js";

const number = (value, options) => new Intl.NumberFormat(language(), options).format(value);

/** A count: 950, 12.3K. */
export const count = (value) =>
  number(value, value < 10_000 ? {} : { maximumFractionDigits: 1, notation: "compact" });

/** A time of milliseconds in the unit that fits: 85 ms, 1.2 s, 3 min. */
export function millis(time) {
  if (time == null) return "–";
  if (time < 1000) return `${Math.round(time)} ms`;
  if (time >= 100_000) return seconds(time / 1000);
  const digits = time < 10_000 ? 1 : 0;
  return `${number(time / 1000, { minimumFractionDigits: digits, maximumFractionDigits: digits })} s`;
}

/** A time of seconds in the unit that fits: 12 s, 5 min, 3 h, 2 d. */
export function seconds(time) {
  const units = [[86_400, "d"], [3600, "h"], [60, "min"]];
  const [length, name] = units.find(([unit]) => time >= 2 * unit) ?? [1, "s"];
  return `${Math.floor(time / length)} ${name}`;
}

/** US dollars, so exact that a small amount is not nothing. */
export function dollars(amount) {
  const maximumFractionDigits = amount === 0 || amount >= 1 ? 2 : 6;
  return `$${number(amount, { minimumFractionDigits: 2, maximumFractionDigits })}`;
}

/** One thing, several things: words with a form for each. */
export const things = (key, value) => t(key, { count: value, shown: count(value) });

/** The time of day here. */
export const clock = (instant) =>
  new Date(instant).toLocaleTimeString(language(), { hour: "2-digit", minute: "2-digit", second: "2-digit" });
