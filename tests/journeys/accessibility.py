"""What axe finds wrong on a page.

Axe takes most of a second: a page with nothing but what was found right at its address before is not asked again. Four
fifths of it are contrast; on a page with something new, that is asked of what is new, with all that stands within it.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
KINDS = """() => {
    const told = element => [...element.attributes]
        .filter(({name}) => !["id", "href", "src", "value", "name", "for", "style", "datetime"].includes(name))
        .map(({name, value}) => /^(class|type|role|hidden|open|lang|aria-(?!label|describedby|controls))/.test(name)
            ? `${name}=${value}` : `${name}${value.trim() ? "" : "="}`)
        .sort().join(" ");
    const words = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const shape = element => `${element.tagName} ${told(element)}${words(element) ? " words" : ""}`;
    const everything = [...document.querySelectorAll("*")].filter(element => !element.closest("head, svg > *"));
    return new Map(everything.map(element => {
        const within = element.parentElement ? shape(element.parentElement) : "";
        return [element, `${within} > ${shape(element)}`];
    }));
}"""
"""Of which kind each element is, whatever stands in it and however often."""
SHAPE = f"""() => {{
    const kinds = ({KINDS})(), everything = [...kinds.keys()];
    const ids = everything.map(element => element.id).filter(Boolean);
    const headings = everything.filter(element => /^H[1-6]$/.test(element.tagName)).map(element => element.tagName);
    const steps = headings.filter((heading, at) => heading !== headings[at - 1]);
    const address = location.pathname.replace(/[/][^/]*:[^/]*/g, "/SIGNED").replace(/[0-9]+/g, "N");
    const twice = ids.length - new Set(ids).size;
    const width = document.documentElement.clientWidth, dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const like = [address, Boolean(document.title), twice, width, dark].join(" ");
    return [like, [...new Set([steps.join(" "), ...kinds.values()])]];
}}"""
"""The page's address, and the kinds of element it is made of."""
ASK = f"""async ([options, known]) => {{
    const right = new Set(known);
    const fresh = new Set([...({KINDS})()].filter(([, kind]) => !right.has(kind)).map(([element]) => element));
    const isWithin = element => element && (fresh.has(element) || isWithin(element.parentElement));
    const include = [...fresh].filter(element => !isWithin(element.parentElement));
    const rest = {{"color-contrast": {{enabled: false}}}};
    const found = [await axe.run(document, {{...options, rules: rest}})];
    if (include.length) found.push(await axe.run({{include}}, {{...options, runOnly: ["color-contrast"]}}));
    return found.flatMap(({{violations}}) => violations);
}}"""
"""What axe finds where the kinds in ``known`` have been found right."""

right: dict[str, set[str]] = {}
"""Of each address, the kinds of element that axe found nothing wrong with, in this process."""


def breaches_on(page: Page) -> list[str]:
    """Return each broken rule of WCAG 2.2 AA and of good practice, with the places that break it."""
    address, kinds = page.evaluate(SHAPE)
    known = right.setdefault(address, set())
    if known.issuperset(kinds):
        return []
    page.evaluate(AXE.axe_script)
    found = page.evaluate(ASK, [OPTIONS, sorted(known)])
    if not found:
        known.update(kinds)
    return [f"{each['id']}: {each['help']} {[node['target'] for node in each['nodes']][:4]}" for each in found]
