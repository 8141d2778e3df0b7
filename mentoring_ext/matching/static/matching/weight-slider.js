// <weight-slider> holds a field with a number from 0 to 5. With this file a slider stands beside the number;
// both show the same weight, and the number alone is sent.
class WeightSlider extends HTMLElement {
  connectedCallback() {
    const number = this.querySelector('input[type="number"]');
    const label = this.querySelector("label");
    if (!number || !label) return;
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = number.min;
    slider.max = number.max;
    slider.step = "1";
    slider.value = number.value;
    slider.setAttribute("aria-label", label.textContent.trim());
    slider.addEventListener("input", () => { number.value = slider.value; });
    number.addEventListener("input", () => { slider.value = number.value; });
    const row = document.createElement("div");
    row.className = "weight";
    number.replaceWith(row);
    row.append(slider, number);
  }
}

customElements.define("weight-slider", WeightSlider);
