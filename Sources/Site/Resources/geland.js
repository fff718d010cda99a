// Small helps on top of pages that work without them.
(() => {
  "use strict";

  // "/" opens search from anywhere.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); location.href = search.href; }
  });

  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

  // Go to what is wrong.
  const faults = document.querySelector(".faults");
  if (faults) { faults.tabIndex = -1; faults.focus(); }
})();
