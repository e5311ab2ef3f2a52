#!/usr/bin/env python3
"""Each component of web/templates/components.html beside the fixtures that govuk-frontend ships.

A fixture is a set of options with the HTML that they give. Where our parameters can say the
options, our HTML must be the same, as tests/page/canonical.py compares. Needs web/node_modules
(./test installs it); fails without it. MOJ Frontend ships no fixtures: tests/run_templates.py.

Read first: COMPONENTS, which turn options into parameters, and LEFT_OUT, the fixtures that are not
compared, with the reason. It is a failure when a fixture is in neither, when LEFT_OUT names one
that does not exist, and when it names one that would be the same.
"""

import importlib.util
import json
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "web" / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"

if not importlib.util.find_spec("html5lib") and sys.executable != "/usr/bin/python3":
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])  # where Debian puts it

sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tests" / "page"))

from canonical import canonical, difference  # noqa: E402
from driver import Driver                    # noqa: E402


class Unsaid(Exception):
    """Our parameters cannot say this option."""


class Options:
    """The options of a fixture, of which none may be overlooked."""

    def __init__(self, options, where=""):
        self.options = dict(options)
        self.where = where

    def take(self, name, otherwise=None):
        return self.options.pop(name, otherwise)

    def text(self, name="text"):
        """A text, or a number as a text."""
        value = self.take(name)
        if value is None or value is False:
            return None
        return str(value).lower() if isinstance(value, bool) else str(value)

    def inner(self, name):
        return Options(self.take(name) or {}, f"{self.where}{name}.")

    def items(self, name="items"):
        """Those that are not null, false or empty."""
        return [Options(item, f"{self.where}{name}.") for item in self.take(name) or [] if item]

    def done(self, value):
        """The value, when all options were taken."""
        if self.options:
            raise Unsaid(f"{self.where}{sorted(self.options)[0]}")
        return value


def text_and_content(options, text="text", content="html"):
    """html, where there is some, goes before text."""
    markup, plain = options.text(content), options.text(text)
    return {"text": None if markup else plain, "content": markup}


def back_link(options):
    return "back_link", {"text": options.text() or "Back", "href": options.text("href") or "#",
                         "classes": options.text("classes")}


def skip_link(options):
    return "skip_link", {"text": options.text(), "href": options.text("href") or "#content",
                         "classes": options.text("classes")}


def breadcrumbs(options):
    items = [item.done({"text": item.text(), "href": item.text("href")})
             for item in options.items()]
    return "breadcrumbs", {"items": items, "label": options.text("labelText"),
                           "is_collapsing": options.take("collapseOnMobile"),
                           "classes": options.text("classes")}


def button(options):
    values = {"text": options.text(), "id": options.text("id"),
              "classes": options.text("classes")}
    href = options.text("href")
    if href:
        return "button_link", dict(values, href=href, is_start=options.take("isStartButton"))
    prevents = options.take("preventDoubleClick")
    if prevents is False:
        raise Unsaid("preventDoubleClick: false")
    return "button", dict(values, name=options.text("name"), value=options.text("value"),
                          type=options.text("type"), is_disabled=options.take("disabled"),
                          prevents_double_click=prevents)


def legend_of(options):
    """legend, legend_classes and is_heading of a fieldset."""
    legend = options.inner("legend")
    return legend.done({"legend": legend.text(), "legend_classes": legend.text("classes"),
                        "is_heading": legend.take("isPageHeading")})


def fieldset(options):
    content = options.text("html")
    return "fieldset", dict(legend_of(options), described_by=options.text("describedBy"),
                            role=options.text("role"), classes=options.text("classes"),
                            content=content)


def hint(options):
    return "hint", dict(text_and_content(options), id=options.text("id"),
                        classes=options.text("classes"))


def only_text(options, name):
    """The text of a hint or error inside another component."""
    inner = options.inner(name)
    return inner.done(inner.text())


def question(options, has_fieldset):
    """What all questions have."""
    group = options.inner("formGroup")
    values = {"hint": only_text(options, "hint"), "error": only_text(options, "errorMessage"),
              "described_by": options.text("describedBy"), "classes": options.text("classes"),
              "group_classes": group.done(group.text("classes"))}
    if has_fieldset and options.options.get("fieldset"):
        inner = options.inner("fieldset")
        values.update(legend_of(inner))
        values["described_by"] = inner.text("describedBy") or values["described_by"]
        classes = inner.text("classes")
        if classes:
            values["fieldset_classes"] = classes
        inner.done(None)
        if not values["legend"]:
            raise Unsaid("fieldset without legend")
    return values


def label_of(options):
    label = options.inner("label")
    return label.done({"label": label.text(), "label_classes": label.text("classes"),
                       "is_heading": label.take("isPageHeading")})


def field(options):
    """What input, textarea and select have."""
    name = options.text("name")
    return dict(question(options, False), **label_of(options), name=name,
                id=options.text("id") or name, is_disabled=options.take("disabled"))


def choice(item, chosen):
    behaviour = item.text("behaviour")
    if behaviour not in (None, "exclusive"):
        raise Unsaid("behaviour")
    conditional = item.inner("conditional")
    if conditional.take("html"):
        raise Unsaid("conditional")
    label = item.inner("label")
    value = item.text("value")
    is_checked = item.take("checked")
    return item.done(dict(
        value=value, text=item.text(), hint=only_text(item, "hint"), id=item.text("id"),
        name=item.text("name"), divider=item.text("divider"),
        is_checked=value in chosen if is_checked is None else is_checked,
        is_disabled=item.take("disabled"), is_exclusive=behaviour == "exclusive",
        label_classes=label.done(label.text("classes"))))


def radios(options):
    chosen = [options.text("value")]
    name = options.text("name")
    return "radios", dict(question(options, True), name=name, id=options.text("idPrefix") or name,
                          items=[choice(item, chosen) for item in options.items()])


def checkboxes(options):
    chosen = [str(value) for value in options.take("values") or []]
    name = options.text("name")
    return "checkboxes", dict(question(options, True), name=name,
                              id=options.text("idPrefix") or name,
                              items=[choice(item, chosen) for item in options.items()])


DATE_CLASSES = {"day": "govuk-input--width-2", "month": "govuk-input--width-2",
                "year": "govuk-input--width-4"}


def date_items(items):
    """The boxes by name, when they are all three in order; none when there are no items."""
    by_name = {item.options.get("name"): item for item in items}
    if by_name and list(by_name) != list(DATE_CLASSES):
        raise Unsaid("items other than day, month and year")
    return by_name


def date_input(options):
    values = options.inner("values")
    prefix = options.text("namePrefix")
    parts = {}
    of_items = date_items(options.items())
    for word in ("day", "month", "year"):
        if options.options.get(word) is False:
            raise Unsaid(f"{word}: false")
        part = of_items.get(word) or options.inner(word)
        if part.take("classes") not in (None, DATE_CLASSES[word]):
            raise Unsaid("classes of a box")
        part.take("name")
        # As their template: a value of its own, or one of all values by the name of the box.
        value = part.text("value")
        of_all = values.text(f"{prefix}-{word}" if prefix else word)
        parts[word] = part.done({"value": value or of_all, "has_error": part.take("error")})
    values.done(None)
    common = question(options, True)
    if common["error"] and not any(part["has_error"] for part in parts.values()):
        for part in parts.values():
            part["has_error"] = part["has_error"] is not False
    return "date_input", dict(common, **parts, id=options.text("id"), name_prefix=prefix)


def affix(options, name):
    inner = options.inner(name)
    return inner.done(inner.text())


def text_input(options):
    return "input", dict(
        field(options), value=options.text("value"), type=options.text("type"),
        prefix=affix(options, "prefix"), suffix=affix(options, "suffix"),
        autocomplete=options.text("autocomplete"), pattern=options.text("pattern"),
        autocapitalize=options.text("autocapitalize"), inputmode=options.text("inputmode"),
        spellcheck=spellcheck(options))


def spellcheck(options):
    value = options.take("spellcheck")
    return None if value is None else str(value).lower()


def textarea(options):
    return "textarea", dict(field(options), value=options.text("value"),
                            rows=options.take("rows"), spellcheck=spellcheck(options),
                            autocomplete=options.text("autocomplete"))


def select(options):
    chosen = options.text("value")
    items = []
    for item in options.items():
        if "value" not in item.options:
            raise Unsaid("option without value")
        value = item.take("value")
        value = str(value).lower() if isinstance(value, bool) else str(value)
        is_selected = item.take("selected")
        items.append(item.done({
            "text": item.text(), "value": value, "is_disabled": item.take("disabled"),
            "is_selected": bool(chosen) and value == chosen if is_selected is None
            else is_selected}))
    return "select", dict(field(options), items=items)


def error_message(options):
    return "error_message", {"text": options.text(), "id": options.text("id"),
                             "classes": options.text("classes")}


def error_summary(options):
    items = [item.done({"text": item.text(), "href": item.text("href")})
             for item in options.items("errorList")]
    return "error_summary", {"title": options.text("titleText"), "items": items,
                             "description": options.text("descriptionText"),
                             "classes": options.text("classes")}


def label(options):
    return "label", {"text": options.text(), "target": options.text("for"),
                     "is_heading": options.take("isPageHeading"),
                     "classes": options.text("classes")}


def inset_text(options):
    return "inset_text", dict(text_and_content(options), id=options.text("id"),
                              classes=options.text("classes"))


def details(options):
    return "details", dict(text_and_content(options), summary=options.text("summaryText"),
                           id=options.text("id"), is_open=options.take("open"),
                           classes=options.text("classes"))


def notification_banner(options):
    return "notification_banner", dict(
        text_and_content(options), title=options.text("titleText"),
        title_id=options.text("titleId"), is_success=options.text("type") == "success",
        role=options.text("role"), classes=options.text("classes"))


def panel(options):
    if "govuk-panel--interruption" in options.options.get("classes", ""):
        raise Unsaid("interruption")
    title = options.text("titleHtml")
    if title and set(title) & set("<&"):
        raise Unsaid("titleHtml")
    plain = options.text("titleText")
    return "panel", dict(text_and_content(options), title=title or plain,
                         classes=options.text("classes"))


def warning_text(options):
    return "warning_text", dict(text_and_content(options), classes=options.text("classes"),
                                fallback=options.text("iconFallbackText"))


def tag(options):
    return "tag", {"text": options.text(), "classes": options.text("classes")}


def summary_action(item):
    return item.done({"text": item.text(), "href": item.text("href"),
                      "about": item.text("visuallyHiddenText"), "classes": item.text("classes")})


def summary_row(row):
    key, value, actions = row.inner("key"), row.inner("value"), row.inner("actions")
    content = text_and_content(value)
    items = [summary_action(item) for item in actions.items()]
    actions.done(None)
    return row.done({
        "key": key.text(), "key_classes": key.done(key.text("classes")),
        "value": content["text"], "content": content["content"],
        "value_classes": value.done(value.text("classes")),
        "action": items[0] if len(items) == 1 else None,
        "actions": items if len(items) > 1 else [], "classes": row.text("classes")})


def summary_list(options):
    rows = [summary_row(row) for row in options.items("rows")]
    return "summary_list", {"rows": rows, "classes": options.text("classes"),
                            "has_actions": any(row["action"] or row["actions"] for row in rows)}


def table_cell(cell):
    return cell.done(dict(text_and_content(cell), format=cell.text("format"),
                          colspan=cell.take("colspan"), rowspan=cell.take("rowspan"),
                          classes=cell.text("classes")))


def table(options):
    head = [table_cell(cell) for cell in options.items("head")]
    rows = [{"cells": [table_cell(Options(cell, "cell.")) for cell in row]}
            for row in options.take("rows") or [] if row]
    return "table", {"rows": rows, "head": head, "caption": options.text("caption"),
                     "caption_classes": options.text("captionClasses"),
                     "first_is_header": options.take("firstCellIsHeader"),
                     "classes": options.text("classes")}


def service_navigation(options):
    items = []
    for item in options.items("navigation"):
        if "href" not in item.options:
            raise Unsaid("item without href")
        items.append(item.done({
            "text": item.text(), "href": item.text("href"), "is_current": item.take("current"),
            "is_active": item.take("active")}))
    name = options.text("serviceName")
    if not name:
        raise Unsaid("no serviceName")
    collapse = options.take("collapseNavigationOnMobile")
    return "service_navigation", {
        "name": name, "href": options.text("serviceUrl"), "items": items,
        "has_toggle": len(items) > 1 if collapse is None else collapse,
        "id": options.text("navigationId"), "label": options.text("navigationLabel"),
        "classes": options.text("classes")}


def pagination(options):
    values = {"label": options.text("landmarkLabel"), "classes": options.text("classes")}
    for word in ("previous", "next"):
        link = options.inner(word)
        values.update({f"{word}_href": link.text("href"), f"{word}_text": link.text(),
                       f"{word}_label": link.text("labelText")})
        link.done(None)
    pages = []
    for item in options.items():
        is_ellipsis = item.take("ellipsis")
        pages.append(item.done({
            "number": item.text("number"), "href": None if is_ellipsis else item.text("href"),
            "is_current": item.take("current"), "label": item.text("visuallyHiddenText")}))
    return "pagination", dict(values, pages=pages)


COMPONENTS = {
    "back-link": back_link, "breadcrumbs": breadcrumbs, "button": button,
    "checkboxes": checkboxes, "date-input": date_input, "details": details,
    "error-message": error_message, "error-summary": error_summary, "fieldset": fieldset,
    "hint": hint, "input": text_input, "inset-text": inset_text, "label": label,
    "notification-banner": notification_banner, "pagination": pagination, "panel": panel,
    "radios": radios, "select": select, "service-navigation": service_navigation,
    "skip-link": skip_link, "summary-list": summary_list, "table": table, "tag": tag,
    "textarea": textarea, "warning-text": warning_text,
}

# component: {reason: fixtures}
LEFT_OUT = {
    "back-link": {
        "only text is offered there": ["html"],
        "free attributes are not offered": ["attributes"],
    },
    "breadcrumbs": {
        "free attributes are not offered": [
            "attributes", "item attributes"],
        "only text is offered there": ["html"],
    },
    "button": {
        "a start button is a link": ["start"],
        "free attributes are not offered": [
            "attributes", "link attributes"],
        "only text is offered there": [
            "html", "start link with html"],
        "without it the script does the same": ["don't prevent double click"],
    },
    "checkboxes": {
        "a question inside an answer is not offered": [
            "with pre-checked values", "with divider, None and conditional items",
            "with conditional items", "with optional form-group classes showing group error",
            "small with conditional reveal", "with conditional items with special characters",
            "with conditional item checked", "textarea in conditional"],
        "free attributes are not offered": [
            "attributes", "items with attributes", "label with attributes", "fieldset params"],
        "only text is offered there": ["fieldset html params"],
        "empty items would count in the ids": ["with falsy values"],
    },
    "date-input": {
        "the boxes are always day, month and year, as they come": [
            "with translations", "with values, name prefix and custom names", "day and month",
            "day and month (using items)", "month and year", "month and year (using items)",
            "with errors only (using classes)", "with errors only (using items and classes)",
            "custom pattern", "custom inputmode", "with nested name", "with id on items",
            "with item value", "with field value and items", "with field value and item value",
            "with field value, item value and values", "with error on single field using classes",
            "with error on single item using classes", "items with classes",
            "with autocomplete values"],
        "free attributes are not offered": [
            "attributes", "with input attributes"],
        "only text is offered there": ["fieldset html"],
    },
    "details": {
        "only text is offered there": ["summary html"],
        "free attributes are not offered": ["attributes"],
    },
    "error-message": {
        "only text is offered there": [
            "translated", "html"],
        "free attributes are not offered": ["attributes"],
        "the hidden word is fixed": [
            "with visually hidden text", "visually hidden text removed"],
    },
    "error-summary": {
        "only text is offered there": [
            "title html", "description html", "error list with html", "error list with html link"],
        "free attributes are not offered": [
            "attributes", "error list with attributes"],
        "focus is left to the script": [
            "autofocus disabled", "autofocus explicitly enabled"],
    },
    "fieldset": {
        "only text is offered there": ["html"],
        "free attributes are not offered": ["attributes"],
    },
    "hint": {
        "free attributes are not offered": ["attributes"],
    },
    "input": {
        "free attributes are not offered": [
            "attributes", "with prefix with attributes", "with suffix with attributes"],
        "only text is offered there": [
            "with prefix with html", "with suffix with html"],
        "no classes are offered there": [
            "with prefix with classes", "with suffix with classes",
            "with customised input wrapper"],
    },
    "inset-text": {
        "free attributes are not offered": ["attributes"],
    },
    "label": {
        "only text is offered there": ["html"],
        "free attributes are not offered": ["attributes"],
        "a label has text": ["empty"],
    },
    "notification-banner": {
        "only text is offered there": ["title as html"],
        "the level of the heading is fixed": ["custom title heading level"],
        "free attributes are not offered": [
            "attributes", "custom tabindex"],
        "focus is left to the script": [
            "auto-focus disabled, with type as success",
            "auto-focus explicitly enabled, with type as success"],
    },
    "pagination": {
        "free attributes are not offered": ["with custom attributes"],
    },
    "panel": {
        "a panel only confirms": [
            "interruption", "interruption-with-content-with-long-line-length",
            "interruption-with-headings-content-and-lists", "interruption with custom classes",
            "confirmation, with actions", "interruption, with actions classes and attributes",
            "interruption, submit action", "interruption, button link", "interruption, no actions",
            "interruption, no actions items"],
        "only text is offered there": ["title html"],
        "free attributes are not offered": ["attributes"],
        "the level of the heading is fixed": ["custom heading level"],
    },
    "radios": {
        "only text is offered there": [
            "with legend as page heading", "fieldset with html"],
        "a question inside an answer is not offered": [
            "with conditional items", "with conditional item checked",
            "with optional form-group classes showing group error", "small with conditional reveal",
            "textarea in conditional", "with conditional items with special characters",
            "with conditional items and pre-checked value"],
        "free attributes are not offered": [
            "attributes", "items with attributes", "label with attributes", "fieldset params"],
        "empty items would count in the ids": ["with falsy items"],
    },
    "select": {
        "free attributes are not offered": [
            "attributes", "attributes on items"],
        "an option has a value": [
            "without values", "without values with selected value"],
    },
    "service-navigation": {
        "there is always a name": [
            "default", "with navigation with a current item", "with large navigation",
            "with no options set", "with custom navigation toggle text",
            "with custom navigation toggle label",
            "with identical navigation toggle text and label", "with custom navigation label",
            "with custom navigation toggle text and navigation label",
            "with custom navigation classes", "with custom navigation ID",
            "with navigation having empty values", "with navigation having only empty values",
            "with navigation being an empty array", "with navigation with an active item",
            "with slotted content"],
        "only text is offered there": ["with HTML navigation items"],
        "items are links": ["with non-link navigation items"],
        "free attributes are not offered": ["attributes"],
        "the label of the landmark is fixed": ["with custom aria-label"],
        "nothing but links stands there": [
            "with language navigation", "with right-aligned language navigation",
            "inverse with language navigation", "with `inline` end slot"],
    },
    "skip-link": {
        "only text is offered there": ["html"],
        "free attributes are not offered": ["attributes"],
    },
    "summary-list": {
        "summary cards are not offered": [
            "as a summary card with a text header", "as a summary card with a html header",
            "as a summary card with actions",
            "as a summary card with actions plus summary list actions", "as a summary card extreme",
            "summary card with custom classes", "summary card with custom attributes",
            "summary card with only 1 action", "as a summary card with a custom header level"],
        "free attributes are not offered": [
            "attributes", "actions with attributes"],
        "only text is offered there": [
            "key with html", "actions with html", "translated"],
        "no classes are offered there": [
            "actions with classes", "overridden-widths"],
    },
    "table": {
        "free attributes are not offered": [
            "attributes", "head with attributes", "firstCellIsHeader with attributes",
            "rows with attributes"],
    },
    "tag": {
        "free attributes are not offered": ["attributes"],
        "only text is offered there": ["html"],
    },
    "textarea": {
        "free attributes are not offered": ["attributes"],
    },
    "warning-text": {
        "free attributes are not offered": ["attributes"],
    },
}


def left_out():
    """(component, fixture): reason."""
    return {(component, name): reason for component, reasons in LEFT_OUT.items()
            for reason, names in reasons.items() for name in names}


def compare(driver, component, fixture):
    """What is wrong with our HTML for a fixture, or None."""
    options = Options(fixture["options"])
    try:
        template, values = COMPONENTS[component](options)
        options.done(None)
    except Unsaid as unsaid:
        return f"our parameters cannot say {unsaid}, and LEFT_OUT does not name it"
    ours, theirs = canonical(driver.render(template, values)), canonical(fixture["html"])
    if ours == theirs:
        return None
    return f"{difference(ours, theirs)}\n  theirs: {fixture['html']}"


def run(driver):
    """(passed, failed)"""
    passed = failed = 0
    skipped = left_out()
    for component in COMPONENTS:
        path = FIXTURES / component / "fixtures.json"
        fixtures = json.loads(path.read_text(encoding="utf-8"))["fixtures"]
        compared = 0
        for fixture in fixtures:
            is_left_out = skipped.pop((component, fixture["name"]), None) is not None
            wrong = compare(driver, component, fixture)
            if is_left_out:
                failed += wrong is None
                if wrong is None:
                    print(f"FAILED {component}: {fixture['name']}: LEFT_OUT names it in vain")
                continue
            compared += 1
            passed += wrong is None
            failed += wrong is not None
            if wrong:
                print(f"FAILED {component}: {fixture['name']}: {wrong}")
        print(f"{component:<22} {compared:>3} of {len(fixtures):>3} fixtures compared")
    for component, name in skipped:
        print(f"FAILED {component} has no fixture {name!r}, which LEFT_OUT names")
        failed += 1
    return passed, failed


def main():
    if not FIXTURES.is_dir():
        print(f"{FIXTURES.relative_to(ROOT)} is missing: run npm ci in web/, as ./test does")
        print("0 passed, 1 failed")
        return 1
    driver = Driver()
    passed, failed = run(driver)
    if not driver.close():
        print("FAILED the program that renders did not end well")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
