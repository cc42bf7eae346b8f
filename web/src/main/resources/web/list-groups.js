/** Under which heading of the list a conversation stands. */
import { t } from "./texts.js";

const DAY_MILLIS = 86_400_000;

export function groupOf({ updatedAt }) {
  const today = new Date().setHours(0, 0, 0, 0);
  const age = today - Date.parse(updatedAt);
  if (age <= 0) return t("list.today");
  if (age <= DAY_MILLIS) return t("list.yesterday");
  return t(age <= 7 * DAY_MILLIS ? "list.week" : "list.earlier");
}
