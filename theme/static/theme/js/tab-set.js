// <tab-set class="tabs"> holds sections with an id and a heading. Without this file they stand one below the other;
// with it a row of tabs shows one at a time. Arrow keys move, and the address remembers the tab.
class TabSet extends HTMLElement {
  connectedCallback() {
    this.panels = [...this.querySelectorAll(":scope > section")];
    if (this.panels.length < 2) return;
    this.list = document.createElement("div");
    this.list.className = "tabs__list";
    this.list.setAttribute("role", "tablist");
    this.tabs = this.panels.map((panel) => this.makeTab(panel));
    this.list.append(...this.tabs);
    this.prepend(this.list);
    this.list.addEventListener("keydown", (event) => this.move(event));
    const asked = this.panels.findIndex((panel) => `#${panel.id}` === location.hash);
    this.show(Math.max(asked, 0));
  }

  makeTab(panel) {
    const heading = panel.querySelector("h2, h3");
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `${panel.id}-tab`;
    tab.className = "tabs__tab";
    tab.textContent = heading.textContent;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    tab.addEventListener("click", () => {
      this.show(this.tabs.indexOf(tab));
      history.replaceState(null, "", `#${panel.id}`);
    });
    heading.classList.add("visually-hidden");
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    return tab;
  }

  show(chosen) {
    this.tabs.forEach((tab, index) => {
      tab.setAttribute("aria-selected", String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
      this.panels[index].hidden = index !== chosen;
    });
  }

  move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (this.tabs.indexOf(document.activeElement) + step + this.tabs.length) % this.tabs.length;
    this.tabs[next].click();
    this.tabs[next].focus();
  }
}

customElements.define("tab-set", TabSet);
