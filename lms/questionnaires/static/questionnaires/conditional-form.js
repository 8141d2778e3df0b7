// <conditional-form> holds a form's parts. What has data-when (a field's name) and data-answers (its codes) is shown
// only while that field has one of these answers. Without this file everything is shown, with a sentence that says when.
class ConditionalForm extends HTMLElement {
  connectedCallback() {
    this.waiting = [...this.querySelectorAll("[data-when]")];
    for (const sentence of this.querySelectorAll("[data-condition]")) sentence.hidden = true;
    this.addEventListener("input", () => this.update());
    window.addEventListener("pageshow", () => this.update());
    this.update();
  }

  update() {
    // In the order of the page: what is hidden counts as not answered for what comes after it.
    for (const thing of this.waiting) {
      const given = this.answersTo(thing.dataset.when);
      thing.hidden = !thing.dataset.answers.split(" ").some((code) => given.has(code));
    }
    for (const control of this.querySelectorAll("input, select, textarea")) {
      control.disabled = control.closest("[data-when][hidden]") !== null;
    }
  }

  answersTo(name) {
    const controls = [...this.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter(
      (control) => control.closest("[data-when][hidden]") === null,
    );
    const chosen = controls.filter((control) => control.checked || control.matches("select"));
    return new Set(chosen.map((control) => control.value));
  }
}

customElements.define("conditional-form", ConditionalForm);
