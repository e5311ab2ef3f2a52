"""Renders page.jinja for so many seconds and prints microseconds a page. See bench/templates.sh."""

import json
import pathlib
import sys
import time

import jinja2

HERE = pathlib.Path(__file__).parent
data = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
environment = jinja2.Environment(autoescape=True, loader=jinja2.FileSystemLoader(HERE))
template = environment.get_template("page.jinja")
pathlib.Path(sys.argv[3]).write_text(template.render(data), encoding="utf-8")
pages = 0
started = time.process_time()
while time.process_time() - started < float(sys.argv[2]):
    template.render(data)
    pages += 1
spent = time.process_time() - started
print(f"Jinja2 {jinja2.__version__}: {spent / pages * 1e6:.1f} us a page")
