"use strict";
// Walks from change to change, chooses rules, sorts tables. All else works without this.
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const by = (id) => document.getElementById(id);
  root.classList.add("js");

  // What the boxes hide, as classes.
  const hidden = () =>
    all("[data-rule]:not(:checked)").map((box) => "k" + box.dataset.rule)
      .concat(all("[data-stage]:not(:checked)").map((box) => "s" + box.dataset.stage));

  // Changes in the order of the page.
  const places = all("main mark, main .d");
  let at = -1;
  const walk = (step) => {
    const off = hidden();
    const open = (place) => !off.some((name) => place.classList.contains(name));
    for (let tried = 0; tried < places.length; tried++) {
      at = (at + step + places.length) % places.length;
      if (open(places[at])) return show(places[at]);
    }
    by("detail").textContent = "No change is shown.";
  };
  const show = (place) => {
    all(".here").forEach((old) => old.classList.remove("here"));
    place.classList.add("here");
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    place.scrollIntoView({ block: "center", behavior: calm || places.length > 2000 ? "auto" : "smooth" });
    const was = place.classList.contains("whole") ? "was " : "";
    by("detail").textContent = `${at + 1} of ${places.length} · ${was}${place.title}`;
  };
  const press = (id, act) => { const button = by(id); if (button) button.addEventListener("click", act); };
  if (places.length) {
    press("next", () => walk(1));
    press("previous", () => walk(-1));
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
      if (event.key === "n") walk(1);
      if (event.key === "p") walk(-1);
    });
    document.addEventListener("click", (event) => {
      const place = event.target.closest("main mark, main .d");
      if (place) { at = places.indexOf(place); show(place); }
    });
  } else {
    all("#next, #previous").forEach((button) => { button.disabled = true; });
  }

  // Rules.
  const rules = all("[data-rule]");
  const choose = (wanted) => rules.forEach((box) => { box.checked = wanted(box); });
  press("all", () => choose(() => true));
  press("none", () => choose(() => false));
  all("[data-only]").forEach((button) =>
    button.addEventListener("click", () => choose((box) => box.dataset.rule === button.dataset.only)));

  // A link to a change opens what it lies in.
  const arrive = () => {
    const place = location.hash.length > 1 && by(location.hash.slice(1));
    if (!place) return;
    const number = places.indexOf(place);
    if (number >= 0) { at = number; show(place); }
  };
  addEventListener("hashchange", arrive);
  arrive();

  // Tables that sort: a button in each head.
  all("table.pages").forEach((table) => {
    const body = table.tBodies[0];
    const heads = all("thead th", table);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      const numeric = head.dataset.sort === "number";
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
        const compare = (one, other) => numeric || column === 1 ? key(one) - key(other) : key(one).localeCompare(key(other), "zh");
        const order = (one, other) => compare(one, other) * (down ? -1 : 1) || one.dataset.order - other.dataset.order;
        body.append(...[...body.rows].sort(order));
      });
    });
  });
})();
