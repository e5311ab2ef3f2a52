"""The interview, driven as a person would: by a pipe and through a terminal. See harness.py."""

import os
import pty
import select
import signal
import time

from harness import PROGRAM, REAL, ROOT, SMALL, handrail

LARCH = SMALL / "larch-lane"
SECONDS_MAX = 20


def interview(*lines, pack=LARCH, options=(), environment=None):
    given = "".join(line + "\n" for line in lines)
    return handrail("ask", pack, *options, given=given, environment=environment)


def test_to_a_verdict(suite):
    ran = interview("accept a friend request", "1", "", "1", "1", "1", "q")
    suite.exits("a pupil", ran, 0, "NOT ALLOWED", 'The policy says "should not".',
                "Pupils are not accepted as contacts", "2 (2.1)", "Unless", "A relative of mine",
                "Instead", "The account: my own account", "Presumed", "Note",
                "The wording that the governors approved prevails", "Goodbye")
    wide = [line for line in ran.out.splitlines() if len(line) > 80]
    suite.check("80 columns", not wide, wide)
    suite.check("no colour in a pipe", "\x1b" not in ran.out)


def test_choosing(suite):
    ran = interview("2", "friend", "zebra", "post something", "1", "q", pack=SMALL)
    suite.exits("a folder of policies, and words that fit nothing", ran, 0, "Which policy is yours?",
                "Birch Road", "Larch Lane", "Which of these is it?", "Nothing fits", "May I post" if
                False else "Post something")
    suite.check("the law is no policy to choose", "The law above" not in ran.out, ran)
    ran = interview("99", "0", "1", "1", "0", "1", "q")
    suite.exits("numbers out of the list", ran, 0, "not in the list")


def test_commands(suite):
    ran = interview("1", "1", "", "?", "1", "1", "1", "c", "3", "1 3", "q")
    suite.exits("help, then a change", ran, 0, "Choose everything that you are.", "Why we ask:",
                "What do you want to change?", "ALLOWED")
    ran = interview("1", "1", "", "1", "b", "2", "1", "1", "q")
    suite.exits("back asks the same again", ran, 0, "You: a volunteer.")
    ran = interview("1", "1", "b", "r", "b", "q")
    suite.exits("back and again to the beginning", ran, 0, "Goodbye")
    ran = interview("1", "1", "", "1", "1", "1", "r", "q")
    suite.exits("start again", ran, 0)
    suite.check("the menu is shown twice", ran.out.count("What do you want to do?") == 2, ran)
    ran = interview("1", "1", "", "d", "w", "d", "d", "d", "q")
    suite.exits("nothing is known", ran, 0, "I do not know", "rather not say")


def test_people(suite):
    ran = interview("1", "1", "2", "my niece", "Sam", "1", "1", "1 3", "1", "q")
    suite.exits("two people", ran, 0, "About my niece.", "About Sam.", "My niece: Allowed",
                "Sam: Not allowed", "(for Sam)", "NOT ALLOWED")
    ran = interview("1", "1", "33", "x", "0", "1", "q")
    suite.exits("how many people", ran, 0, "from 0 to 32")


def test_approval(suite):
    start = ("1", "1", "", "1", "1", "2", "17")
    ran = interview(*start, "a", "2", "1", "y", "y", "q")
    suite.exits("an approval that is there", ran, 0, "NEEDS APPROVAL", "Who was it?",
                "Is the reason recorded?", "Do you have it in writing?", "\nALLOWED")
    ran = interview(*start, "a", "1", "3", "q")
    suite.exits("one that was refused", ran, 0, "NEEDS APPROVAL", "NOT ALLOWED")
    ran = interview(*start, "a", "1", "1", "y", "n", "q")
    suite.check("one that is not in writing", ran.out.count("NEEDS APPROVAL") == 2, ran)
    ran = interview(*start, "a", "b", "3", "q")
    suite.exits("a clause, read in full", ran, 0, "accepted only if the head or the chair agrees")


def test_bad_input(suite):
    ran = interview("1", "1", "", "x" * 5000, "7", "1 1 1", "maybe", "1", "2", "seventeen", "-1",
                    "999", "17", "q")
    suite.exits("wrong answers are asked for again", ran, 0, "longer than I can read",
                "not in the list", "one number from 0 to 2", "from 0 to 120", "NEEDS APPROVAL")
    ran = handrail("ask", LARCH, given=b"1\n\xff\xfe\n\x00\x01\n1\nq\n")
    suite.exits("bytes that are no text", ran, 0, "could not read that")
    ran = interview()
    suite.exits("no input at all", ran, 2, "The input ended", "Nothing was stored")
    ran = interview("1", "1", "")
    suite.exits("input that ends in the middle", ran, 2, "The input ended")
    ran = interview("1", "1", "", "1", "1", "1")
    suite.exits("input that ends after the answer", ran, 0, "NOT ALLOWED")
    ran = handrail("ask", LARCH, given=b"\xff\n" * 1000)
    suite.check("an endless stream of nonsense ends", ran.status == 2 and not ran.crashed(), ran)


def test_contradiction(suite):
    ran = interview("1", "1", "", "1", "1", "1 2", "1", "q")
    suite.exits("facts that cannot be true together", ran, 0, "cannot all be true", "NOT ALLOWED")


def test_demo(suite):
    ran = handrail("ask", LARCH, "--demo")
    suite.exits("a worked answer", ran, 0, "former pupil of 17", "NEEDS APPROVAL")
    if REAL.exists():
        ran = handrail("ask", REAL, "--demo")
        suite.exits("a worked answer of REAch2", ran, 0, "former pupil of 17", "NOT ALLOWED",
                    "RE-16", "Unless", "It changes")


# ---- Through a terminal ---------------------------------------------------------------------------


class Terminal:
    """The program on a pseudo-terminal."""

    def __init__(self, *words, environment=None):
        self.said = ""
        self.child, self.channel = pty.fork()
        if self.child == 0:
            for name, value in {"TERM": "xterm", **(environment or {})}.items():
                os.environ[name] = value
            os.chdir(ROOT)
            os.execv(PROGRAM, [str(PROGRAM), *map(str, words)])

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


def test_terminal(suite):
    terminal = Terminal("ask", LARCH)
    steps = (("accept friend\n", "Words or number> "), ("1\n", "words> "), ("\n", "People> "),
             ("1\n", "none> "), ("1\n", "Number> "), ("1\n", "none> "))
    for text, after in steps:
        suite.check(f"prompts for {after!r}", terminal.type(text, after), terminal.said)
    suite.check("the verdict is coloured", terminal.wait_for("\x1b[1;31mNOT ALLOWED\x1b[0m"),
                terminal.said)
    terminal.type("q\n", "leave")
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
