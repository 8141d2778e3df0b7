"""What axe finds wrong on a page.

Axe takes most of a second: a page with nothing but what was found right at its address before is not asked again.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SHAPE = """() => {
    const told = element => [...element.attributes]
        .filter(({name}) => !["id", "href", "src", "value", "name", "for", "style", "datetime"].includes(name))
        .map(({name, value}) => /^(class|type|role|hidden|open|lang|aria-(?!label|describedby|controls))/.test(name)
            ? `${name}=${value}` : `${name}${value.trim() ? "" : "="}`)
        .sort().join(" ");
    const words = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const shape = element => `${element.tagName} ${told(element)}${words(element) ? " words" : ""}`;
    const everything = [...document.querySelectorAll("*")].filter(element => !element.closest("head, svg > *"));
    const kinds = new Set(everything.map(element => {
        const within = element.parentElement ? shape(element.parentElement) : "";
        return `${within} > ${shape(element)}`;
    }));
    const ids = everything.map(element => element.id).filter(Boolean);
    const headings = everything.filter(element => /^H[1-6]$/.test(element.tagName)).map(element => element.tagName);
    const steps = headings.filter((heading, at) => heading !== headings[at - 1]);
    const address = location.pathname.replace(/[0-9]+/g, "N");
    const twice = ids.length - new Set(ids).size;
    const width = document.documentElement.clientWidth, dark = matchMedia("(prefers-color-scheme: dark)").matches;
    return [[address, Boolean(document.title), twice, width, dark].join(" "), [steps.join(" "), ...kinds]];
}"""
"""The page's address, and the kinds of element it is made of, whatever stands in them and however often."""

right: dict[str, set[str]] = {}
"""Of each address, the kinds of element that axe found nothing wrong with, in this process."""


def breaches_on(page: Page) -> list[str]:
    """Return each broken rule of WCAG 2.2 AA and of good practice, with the places that break it."""
    address, kinds = page.evaluate(SHAPE)
    known = right.setdefault(address, set())
    if known.issuperset(kinds):
        return []
    found = AXE.run(page, options=OPTIONS).response["violations"]
    if not found:
        known.update(kinds)
    return [f"{each['id']}: {each['help']} {[node['target'] for node in each['nodes']][:4]}" for each in found]
