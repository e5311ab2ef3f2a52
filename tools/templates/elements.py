"""What is known of HTML: a template may use these elements and attributes and no others.

A list of what is allowed, not of what is dangerous: what a browser learns next year is refused
until somebody has thought about it. Read first: the indices of https://html.spec.whatwg.org.

What must hold: no element here has content that is parsed otherwise than as HTML, save TEXT_ONLY
and <script>, which stays empty; each attribute whose value is an address is in URLS.
"""

import re

VOID = frozenset("area br col hr img input link meta source wbr".split())

# Only character references count in these; no tag does.
TEXT_ONLY = frozenset("textarea title".split())

# Spaces and line ends count in these, and the parser drops a line end right behind the start tag.
SPACED = frozenset("pre textarea".split())

SVG = frozenset("svg path circle rect line polyline polygon ellipse g".split())
SVG_INSIDE = SVG - {"svg"}

# White space beside the tags of these, inside or outside, is never shown.
BLOCK = frozenset(
    "address article aside blockquote body br caption col colgroup dd details dialog div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li "
    "link main meta nav ol optgroup option p pre script search section summary table tbody td "
    "tfoot th thead title tr ul".split()) | SVG_INSIDE

# Of these only inside: beside a button a space is a gap.
BLOCK_INSIDE = BLOCK | frozenset("button datalist picture select svg video audio".split())

INLINE = frozenset(
    "a abbr audio b bdi bdo button cite code data datalist del dfn em i img input ins kbd label "
    "mark meter noscript output picture progress q s samp select small source span strong sub sup "
    "textarea time u var video wbr area map".split())

ELEMENTS = BLOCK | INLINE | SVG

# A start tag of these ends a paragraph that is open.
ENDS_PARAGRAPH = frozenset(
    "address article aside blockquote details dialog div dl fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr main nav ol p pre search section table ul".split())

# These cannot stand inside themselves, at any depth.
NOT_IN_ITSELF = frozenset("a button form label select option".split())

# Where the parser would add an element or move one away: element -> the parents that it may have.
# A template that begins with one of these is used inside such a parent.
PARENTS = {
    "tr": ("thead", "tbody", "tfoot"),
    "td": ("tr",), "th": ("tr",),
    "thead": ("table",), "tbody": ("table",), "tfoot": ("table",),
    "caption": ("table",), "colgroup": ("table",), "col": ("colgroup",),
    "option": ("select", "datalist", "optgroup"), "optgroup": ("select",),
    "head": ("html",), "body": ("html",),
    "li": ("ul", "ol"), "dt": ("dl", "div"), "dd": ("dl", "div"),
}

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())

# What may stand directly in these; "text" is text.
CHILDREN = {name: frozenset(children.split()) for name, children in (
    ("table", "caption colgroup thead tbody tfoot"),
    ("thead", "tr"), ("tbody", "tr"), ("tfoot", "tr"), ("tr", "td th"), ("colgroup", "col"),
    ("select", "option optgroup"), ("optgroup", "option"), ("option", "text"),
    ("ul", "li"), ("ol", "li"), ("dl", "dt dd div"),
    ("html", "head body"), ("head", "title meta link script noscript"),
)}

REFUSED_ELEMENTS = {
    "style": ("the content security policy forbids it", "put it into the style sheet"),
    "base": ("it would move every address of the page", "write addresses that begin with /"),
    "iframe": ("no page is shown inside another", "link to it"),
    "object": ("nothing is embedded", "link to it"),
    "embed": ("nothing is embedded", "link to it"),
    "template": ("its content is no part of the page", "use {{template}} and {{use}}"),
}

# Values that are addresses. The elements that are not named here have none.
URLS = frozenset("href src action formaction cite poster".split())

# In these the browser fetches something that then has power over the page.
RESOURCE_ELEMENTS = frozenset("script link".split())

# Only written out: what they mean depends on each letter of the value.
LITERAL_ATTRIBUTES = frozenset(
    "srcset sizes http-equiv xmlns rel target sandbox integrity crossorigin charset is".split())

REFUSED_ATTRIBUTES = {
    "style": ("the content security policy forbids it", "use a class and the style sheet"),
    "srcdoc": ("it is a page inside an attribute", "make a page of it and link to it"),
}

ATTRIBUTES = URLS | LITERAL_ATTRIBUTES | frozenset(
    "abbr accept accept-charset accesskey alt async autocapitalize autocomplete autofocus charset "
    "checked class cols colspan content controls coords crossorigin datetime decoding defer dir "
    "dirname disabled download draggable enctype enterkeyhint for form formmethod formnovalidate "
    "headers height hidden high hreflang id inert inputmode kind label lang list loading loop low "
    "max maxlength media method min minlength multiple muted name novalidate open optimum pattern "
    "placeholder popover preload readonly referrerpolicy required reversed role rows rowspan scope "
    "selected shape size span spellcheck start step tabindex title translate type value width wrap "
    "writingsuggestions "
    # of SVG
    "clip-rule cx cy d fill fill-rule focusable points preserveAspectRatio r rx ry "
    "shape-rendering stroke stroke-linecap stroke-linejoin stroke-width transform version "
    "viewBox x x1 x2 y y1 y2".split())


def attribute_is_known(name):
    return name in ATTRIBUTES or re.fullmatch(r"(data|aria)-[a-z0-9-]+", name) is not None
