// Before the first paint, so that a chosen appearance does not flash. Not a module: those come later.
try {
  document.documentElement.dataset.theme = localStorage.getItem("prosa.theme") ?? "system";
} catch {
  document.documentElement.dataset.theme = "system";
}
