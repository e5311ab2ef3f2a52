"""The compiler of templates. Read first: docs/templates.md. Start at: ../templates.py.

source.py    places in files, and the refusal that names one
elements.py  what is known of HTML: tables of elements and attributes
read.py      a file of templates -> a tree
check.py     names and types: every name gets its type and its C expression
context.py   where in HTML every value stands, and so how it is escaped
url.py       what may stand in an address
steps.py     what a template does, without the white space that nobody sees
write.py     the tree -> C
"""
