"""The interview, driven as a person would: by a pipe and through a terminal. See harness.py.

The engine chooses which question comes next, so most tests answer by question and not by order:
FACTS names each question by some of its words.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

from harness import PROGRAM, REAL, ROOT, SMALL, Ran, handrail, surroundings

LARCH = SMALL / "larch-lane"
SECONDS_MAX = 30
ACCEPT = ("accept a friend request", "1")

FACTS = {
    "What are you?": "teacher",
    "Which account": "personal",
    "Who is the other": "pupil",
    "How old": "17",
    "emergency": "n",
    "name the school": "y",
    "When was it": "1/9/2026",
}


class Interview:
    """A talk with the program through pipes: whatever it asks is answered."""

    def __init__(self, *words, facts=None, then=("q",), lines=()):
        self.facts = {**(facts or {}), **{k: v for k, v in FACTS.items() if k not in (facts or {})}}
        self.lines = list(lines)  # the first prompts, in order
        self.then = list(then)    # at the final prompt
        self.asked = []
        self.program = subprocess.Popen([str(PROGRAM), "ask", *map(str, words)], cwd=ROOT,
                                        env=surroundings(), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.out = b""

    def read_prompt(self):
        """What is shown up to the next prompt; None when the program has ended."""
        said = b""
        deadline = time.monotonic() + SECONDS_MAX
        while not said.endswith(b"> ") and time.monotonic() < deadline:
            ready, _, _ = select.select([self.program.stdout], [], [], 0.5)
            if not ready:
                continue
            got = os.read(self.program.stdout.fileno(), 65536)
            if not got:
                self.out += said
                return None
            said += got
        self.out += said
        return said.decode()

    def reply_to(self, said):
        if self.lines:
            return self.lines.pop(0)
        if said.endswith("\n> ") or said == "> ":
            return self.then.pop(0) if self.then else "q"
        asked = [words for words in self.facts if words in said] or self.asked
        if not asked:
            return "q"
        self.asked = asked[:1]  # a question that is put again may come without its words
        reply = self.facts[asked[0]]
        if isinstance(reply, list):
            return reply.pop(0) if len(reply) > 1 else reply[0]
        return reply

    def run(self):
        for _ in range(200):
            said = self.read_prompt()
            if said is None:
                break
            self.program.stdin.write((self.reply_to(said) + "\n").encode())
            self.program.stdin.flush()
        self.program.stdin.close()
        self.program.wait(SECONDS_MAX)
        err = self.program.stderr.read()
        self.program.stdout.close()
        self.program.stderr.close()
        return Ran(subprocess.CompletedProcess([], self.program.returncode, self.out, err))


def interview(*then, facts=None, lines=(*ACCEPT, ""), pack=LARCH):
    return Interview(pack, facts=facts, then=then or ("q",), lines=lines).run()


def script(*lines, pack=LARCH):
    """Lines in a row, whatever is asked."""
    return handrail("ask", pack, given="".join(line + "\n" for line in lines))


def test_to_a_verdict(suite):
    ran = interview("q")
    suite.exits("a pupil", ran, 0, "NOT ALLOWED", 'The policy says "should not".',
                "Pupils are not accepted as contacts", "2 (2.1)", "Unless", "a relative of mine",
                "Instead", "The account: my own account", "Presumed", "Note",
                "The wording that the governors approved prevails", "Goodbye")
    wide = [line for line in ran.out.splitlines() if len(line) > 80 and "> " not in line]
    suite.check("80 columns", not wide, wide)
    suite.check("no colour in a pipe", "\x1b" not in ran.out)
    ran = interview("q", facts={"Who is the other": "1 3"})
    suite.exits("a pupil who is a relative", ran, 0, "\nALLOWED")
    ran = interview("q", lines=("post", "1"))
    suite.exits("a duty", ran, 0, "ALLOWED, WITH DUTIES", "What to do",
                "Say that the views are your own", "By: in the post")


def test_choosing(suite):
    ran = script("2", "friend", "zebra", "post something", "1", "q", pack=SMALL)
    suite.exits("a folder of policies, and words that fit nothing", ran, 0,
                "Which policy is yours?", "Birch Road", "Larch Lane", "Which of these is it?",
                "Nothing fits",
                "I put a picture of our sports day")
    suite.check("the law is no policy to choose", "The law above" not in ran.out, ran)
    suite.exits("a policy by its name", script("birch", "q", pack=SMALL), 0, "Goodbye")
    suite.exits("numbers out of the list", script("99", "1", "0", "q"), 0, "not in the list")
    suite.exits("back to the list of policies", script("1", "b", "q", pack=SMALL), 0, "Goodbye")


def first_found(ran):
    """The act that stands first in what a search found."""
    lines = ran.out.partition("Which of these is it?")[2].splitlines()
    return lines[1][4:] if len(lines) > 1 else "nothing"


def test_searching(suite):
    if not REAL.exists():
        return
    for words, act in (
            ("post a photo of a class trip on the school Twitter", "Post or upload something"),
            ("like a union post", "Like a post or react to it"),
            ("I'd like to post something", "Post or upload something"),
            ("comment under a newspaper story about the school", "Comment on a post"),
            ("a personal political post at the weekend", "Post or upload something"),
            ("take a photo of pupils with my phone", "Take a photograph"),
            ("may I accept a friend request from a pupil?", "Accept a friend, follow"),
            ("write a review of my employer on a rating site", "Post or upload something")):
        ran = script(words, "q", pack=REAL / "athelstan")
        suite.check(f"found by {words!r}", first_found(ran).startswith(act), ran)
    ran = script("What is it all about?", "q", pack=REAL / "athelstan")
    suite.exits("words that say nothing", ran, 0, "Nothing fits")


def test_verdicts_in_words(suite):
    if not REAL.exists():
        return
    ran = script("take-photo", "1", "0", "q", pack=REAL / "chancery")
    suite.exits("nothing in the policy", ran, 0, "NOT COVERED", "That is no permission")
    suite.check("nothing open that could change it", "Still open" not in ran.out, ran)
    ran = interview("q", facts={"Who is the other": "1 3"})
    suite.exits("nothing against it", ran, 0, "ALLOWED\nNo rule of the policy speaks against it.",
                "a pupil; a relative of mine")
    facts = {"What are you": "2", "Which account": "1", "does your profile show": "2 6",
             "On which platform": "0", "e-mail address": "0", ", any of these": "", "away any": "",
             "contain": "", "could it do": ""}
    ran = interview("q", facts=facts, lines=("change-profile", "1", "0"), pack=REAL / "mandeville")
    suite.exits("much that may apply besides", ran, 0, "NOT ALLOWED", "May apply",
                "more, which cannot change whether it is allowed.")
    may = ran.out.partition("May apply")[2].partition("It changes")[0]
    suite.check("no more than five of them", may.count("[MA-") + may.count("[law") == 5, ran)


def test_one_thing_left(suite):
    """Of several things that a fact can be, a single one can still matter: y or n will do."""
    if not REAL.exists():
        return
    facts = {"What are you to": "2", "Which account": "1", "Who is the other": "3",
             "How old": "19", "What is it for": ""}
    for reply, said in (("y", "What it could do: mix my work"), ("1", "What it could do: mix my"),
                        ("n", "\nALLOWED"), ("", "\nALLOWED")):
        facts["could it do"] = reply
        ran = interview("q", facts=facts, pack=REAL / "reach2")
        suite.exits(f"{reply!r}", ran, 0, "What could it do?\n", "y if this fits, n if not> ",
                    said)


def test_commands(suite):
    ran = interview("c", "q", facts={"What do you want to change": "", "What are you?": ["?", "1"]})
    suite.exits("help, and a change that is not made", ran, 0, "Choose everything that you are.",
                "Why we ask:", "What do you want to change?")
    ran = interview("c", "q", facts={"What do you want to change": "1",
                                     "What are you?": ["1", "2"]})
    suite.exits("a change", ran, 0, "You: a teacher.", "You: a volunteer.")
    suite.check("the question keeps its number", ran.out.count("\n1. What are you?") == 2, ran)
    ran = interview("q", facts={"Which account": ["b", "1"], "What are you?": ["1", "2"],
                                "Who is the other": ["b", "1"]})
    suite.exits("back asks the same again", ran, 0, "NOT ALLOWED")
    suite.exits("back and again to the beginning", script("1", "1", "b", "r", "b", "q"), 0,
                "Goodbye")
    ran = interview("r", facts={"Words or number> ": "q"})
    suite.exits("start again", ran, 0)
    suite.check("the menu is shown twice", ran.out.count("What do you want to do?") == 2, ran)
    ran = interview("q", facts={words: "d" for words in FACTS})
    suite.exits("nothing is known", ran, 0, "I do not know", "CANNOT BE SAID YET",
                "You do not know")
    ran = interview("q", facts={words: "w" for words in FACTS})
    suite.exits("nothing is said", ran, 0, "I would rather not say")
    ran = interview("q", facts={"Who is the other": "1?"})
    suite.exits("perhaps a pupil", ran, 0, "a pupil (perhaps)")
    ran = interview("3", "2", "zzz", "q")
    suite.exits("clauses in full", ran, 0, "accepted only if the head or the chair agrees",
                "The document does not say what a relative is", "one of these letters")


def test_people(suite):
    people = (*ACCEPT, "2", "my niece", "Sam")
    ran = interview("q", lines=people, facts={"About my niece. Who": "1 3", "About Sam. Who": "1"})
    suite.exits("two people", ran, 0, "About my niece.", "About Sam.", "My niece: Allowed",
                "Sam: Not allowed", "(for Sam)", "NOT ALLOWED")
    suite.exits("how many people", script(*ACCEPT, "33", "x", "-1", "0", "q"), 0, "from 0 to 32")
    ran = interview("q", lines=(*ACCEPT, "0"))
    suite.exits("nobody", ran, 0, "\nALLOWED")


def test_approval(suite):
    young = {"Who is the other": "former-pupil", "Who was it?": "2", "What did they say?": "1",
             "Is the reason": "y", "in writing?": "y"}
    ran = interview("a", "q", facts=young)
    suite.exits("an approval that is there", ran, 0, "NEEDS APPROVAL", "Who was it?",
                "Is the reason recorded?", "Do you have it in writing?", "\nALLOWED",
                "Approval by the chair of governors: granted")
    ran = interview("a", "q", facts={**young, "What did they say?": "3"})
    suite.exits("one that was refused", ran, 0, "NEEDS APPROVAL", "NOT ALLOWED")
    ran = interview("a", "q", facts={**young, "in writing?": "n"})
    suite.check("one that is not in writing", ran.out.count("NEEDS APPROVAL") == 2, ran)
    ran = interview("a", "b", "q", facts=young)
    suite.check("taken back", ran.out.count("NEEDS APPROVAL") == 2, ran)
    ran = interview("q", facts={**young, "How old": ["seventeen", "-1", "999", "18"]})
    suite.exits("an adult", ran, 0, "whole number from 0 to 120", "\nALLOWED")


def test_bad_input(suite):
    ran = interview("q", facts={"What are you?": ["x" * 5000, "7", "1 1 1"],
                                "Which account": ["maybe", "7", "1"]})
    suite.exits("wrong answers are asked for again", ran, 0, "longer than I can read",
                "not in the list", "one number from 0 to 1", "NOT ALLOWED")
    ran = handrail("ask", LARCH, given=b"1\n\xff\xfe\n\x00\x01\n1\nq\n")
    suite.exits("bytes that are no text", ran, 0, "could not read that")
    suite.exits("no input at all", script(), 2, "The input ended", "Nothing was stored")
    suite.exits("input that ends in the middle", script(*ACCEPT, ""), 2, "The input ended")
    ran = script(*ACCEPT, "", "1", "1", "1")
    suite.exits("input that ends after the answer", ran, 0, "NOT ALLOWED")
    ran = handrail("ask", LARCH, given=b"\xff\n" * 1000)
    suite.check("an endless stream of nonsense ends", ran.status == 2 and not ran.crashed(), ran)
    ran = handrail("ask", LARCH, given=b"zebra\n" * 100000)
    suite.check("an endless stream of words ends", ran.status == 2 and not ran.crashed(), ran)


def test_contradiction(suite):
    ran = interview("q", facts={"Who is the other": ["1 2", "1"]})
    suite.exits("facts that cannot be true together", ran, 0, "cannot all be true", "NOT ALLOWED")


def test_demo(suite):
    ran = handrail("ask", LARCH, "--demo")
    suite.exits("a worked answer", ran, 0, "former pupil of 17", "NEEDS APPROVAL")
    if REAL.exists():
        ran = handrail("ask", REAL, "--demo")
        suite.exits("a worked answer of REAch2", ran, 0, "former pupil of 17", "NOT ALLOWED",
                    "RE-16", "Unless", "It changes")
        last = ran.out.strip().splitlines()[-1]
        suite.check("a long answer ends with the verdict",
                    last.startswith("In short: Not allowed") and "RE-16" in last, last)


# ---- Through a terminal --------------------------------------------------------------------------


class Terminal:
    """The program on a pseudo-terminal."""

    def __init__(self, *words, environment=None):
        self.said = ""
        self.child, self.channel = pty.fork()
        if self.child == 0:
            try:
                os.chdir(ROOT)
                os.execve(PROGRAM, [str(PROGRAM), *map(str, words)],
                          surroundings(**(environment or {})))
            finally:
                os._exit(127)  # never come back into the tests

    def read(self, seconds):
        ready, _, _ = select.select([self.channel], [], [], seconds)
        if not ready:
            return False
        try:
            got = os.read(self.channel, 65536)
        except OSError:  # Linux says EIO when the program has ended
            return False
        self.said += got.decode("utf-8", "replace")
        return bool(got)

    def wait_for(self, text):
        deadline = time.monotonic() + SECONDS_MAX
        while text not in self.said and time.monotonic() < deadline:
            self.read(0.2)
        return text in self.said

    def type(self, text, after):
        """Types once `after` has been shown; what was shown before is forgotten."""
        shown = self.wait_for(after)
        self.said = ""
        os.write(self.channel, text.encode())
        return shown

    def finish(self):
        deadline = time.monotonic() + SECONDS_MAX
        while time.monotonic() < deadline:
            done, status = os.waitpid(self.child, os.WNOHANG)
            if done:
                while self.read(0.1):
                    pass
                os.close(self.channel)
                return os.waitstatus_to_exitcode(status)
            self.read(0.1)
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.channel)
        return None


def plain(line):
    return re.sub("\x1b\\[[0-9;]*m", "", line)


def test_terminal(suite):
    terminal = Terminal("ask", LARCH)
    steps = (("accept friend\n", "Words or number> "), ("1\n", "words> "), ("\n", "People> "),
             ("1\n", "> "), ("1\n", "> "), ("1\n", "> "))
    for text, after in steps:
        suite.check(f"prompts for {after!r}", terminal.type(text, after), terminal.said)
    suite.check("the verdict is coloured", terminal.wait_for("\x1b[1;31mNOT ALLOWED\x1b[0m"),
                terminal.said)
    terminal.type("q\n", "leave")
    suite.check("leaves with 0", terminal.finish() == 0, terminal.said)


def test_narrower(suite):
    """The window is made narrower between two questions."""
    terminal = Terminal("ask", LARCH)
    terminal.type("accept friend\n", "Words or number> ")
    terminal.wait_for("words> ")
    fcntl.ioctl(terminal.channel, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    terminal.type("1\n", "words> ")
    terminal.wait_for("People> ")
    wide = [line for line in terminal.said.splitlines() if len(plain(line)) > 40]
    suite.check("40 columns from then on", "one. Type 0" in terminal.said and not wide, wide)
    terminal.type("q\n", "People> ")
    suite.check("leaves with 0", terminal.finish() == 0, terminal.said)


def test_without_colour(suite):
    for name, words, environment in (
            ("NO_COLOR", ("ask", LARCH, "--demo"), {"NO_COLOR": "1"}),
            ("--plain", ("ask", LARCH, "--demo", "--plain"), {}),
            ("a dumb terminal", ("ask", LARCH, "--demo"), {"TERM": "dumb"})):
        terminal = Terminal(*words, environment=environment)
        status = terminal.finish()
        suite.check(f"{name}: no colour", status == 0 and "NEEDS APPROVAL" in terminal.said and
                    "\x1b" not in terminal.said, terminal.said)


def test_interrupts(suite):
    terminal = Terminal("ask", LARCH)
    terminal.type("\x03", "Words or number> ")
    suite.check("Ctrl-C says goodbye", terminal.finish() == 130 and
                "Stopped. Nothing was stored." in terminal.said, terminal.said)
    terminal = Terminal("ask", LARCH)
    terminal.type("\x04", "Words or number> ")
    suite.check("Ctrl-D too", terminal.finish() == 2 and "The input ended" in terminal.said,
                terminal.said)
