# SPDX-License-Identifier: GPL-2.0-or-later
"""contrast.py - can all text of a map be read, in both colour schemes (WCAG 2.1, 1.4.3)?

usage: contrast.py FILE...: SVG and HTML of `hostdevctl map`.  Prints each pair of a text's and a
background's colour below 4.5.
"""
import re
import sys

LEAST = 4.5
# Selectors of texts, and of what they may stand on: as rules of SVG, and as variables of HTML.
SVG = [
    (["text", "text.dim", "text.free", "text.used,text.needs", "text.never"],
     ["rect.page", "rect.complex", "rect.group", "rect.vfio"]),
    (["text.badge"], ["rect.b%d" % i for i in range(6)] + ["rect.more"]),
]
HTML = [
    (["--ink", "--dim", "--free", "--used", "--never"], ["--page", "--panel", "--card", "--vfio"]),
    (["--on-badge"], ["--b%d" % i for i in range(6)] + ["--dim"]),
]


def rgb(colour):
    digits = colour[1:]
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    return [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]


def luminance(colour):
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def svg_colours(css):
    colours = {}
    for selectors, body in re.findall(r"([^{}@]+)\{([^{}]*)\}", css):
        found = re.search(r"(?:^|;)fill:(#[0-9a-f]+)", body)
        if found:
            for name in [selectors.strip()] + selectors.strip().split(","):
                colours[name] = found.group(1)
    return colours


def html_colours(css):
    return dict(re.findall(r"(--[a-z0-9-]+):(#[0-9a-f]+)", css))


def main():
    bad = 0
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            css = re.search(r"<style>(.*?)</style>", file.read(), re.S).group(1)
        light, dark = css.split("@media (prefers-color-scheme:dark){", 1)
        pairs, read = (HTML, html_colours) if "--ink" in css else (SVG, svg_colours)
        schemes = {"light": read(light)}
        schemes["dark"] = dict(schemes["light"], **read(dark))
        for name, colours in schemes.items():
            for texts, grounds in pairs:
                for text in texts:
                    for ground in grounds:
                        value = contrast(colours[text], colours[ground])
                        if value < LEAST:
                            print("%s, %s: %s on %s: %.2f" % (path, name, text, ground, value))
                            bad = 1
    return bad


sys.exit(main())
