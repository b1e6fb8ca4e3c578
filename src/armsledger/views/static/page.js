// Tables sort by a click on a head. Everything else works without this file.
"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  table.querySelectorAll("thead th").forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.textContent = "";
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const said = (row) => row.children[column].textContent.trim();
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => said(a).localeCompare(said(b), undefined, { numeric: true }) * (down ? -1 : 1));
      table.tBodies[0].append(...rows);
    });
  });
}
// A printed page shows what is folded on the screen.
addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details:not([open])")) {
    if (!one.querySelector("form")) { one.open = true; one.dataset.folded = ""; }
  }
});
addEventListener("afterprint", () => {
  for (const one of document.querySelectorAll("details[data-folded]")) { one.open = false; delete one.dataset.folded; }
});
