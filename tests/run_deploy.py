#!/usr/bin/env python3
"""What deploy/ and docs/operating.md say: files and packages that are there, options that exist,
and settings that systemd and nginx take, where these are installed.

The programs are in $HANDRAIL_BUILD, or build. The last line is "N passed, N failed".
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS / "cli")]
sys.dont_write_bytecode = True

import harness  # noqa: E402

DEPLOY = harness.ROOT / "deploy"
GUIDE = (harness.ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="handrail-deploy-"))


def run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True,
                          check=False, timeout=60)
    return done.returncode, done.stdout + done.stderr


def test_files_that_are_named_exist(suite):
    named = set(re.findall(r"\b(?:deploy|docs)/[\w.-]+[\w]", GUIDE))
    for path in sorted(named):
        suite.check(f"{path} is there", (harness.ROOT / path).exists())
    for path in DEPLOY.iterdir():
        text = GUIDE + (DEPLOY / "compose.yaml").read_text(encoding="utf-8") \
            + (DEPLOY / "handrail.service").read_text(encoding="utf-8")
        suite.check(f"{path.name} is spoken of", path.name in text)


def test_options_exist(suite):
    usage = "".join(harness.handrail("help", name).out for name in ("serve", "demo", "backup"))
    texts = [GUIDE] + [path.read_text(encoding="utf-8") for path in DEPLOY.iterdir()]
    ours = {"--data", "--listen", "--public", "--store", "--log", "--metrics-from"}
    for option in sorted(ours):
        suite.check(f"{option} is used and exists", option in usage
                    and any(option in text for text in texts))


def libraries():
    """Debian's packages of the libraries that the program itself asks for."""
    _, said = run("objdump", "-p", harness.PROGRAM)
    _, where = run("ldd", harness.PROGRAM)
    for name in re.findall(r"NEEDED\s+(\S+)", said):
        path = re.search(rf"{re.escape(name)} => (\S+)", where)
        if path:
            status, owner = run("dpkg", "-S", pathlib.Path(path.group(1)).resolve())
            if status:  # Debian knows the path without /usr
                _, owner = run("dpkg", "-S", path.group(1))
            yield name, owner.split(":")[0]


def test_the_container_has_what_is_needed(suite):
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    stage = text.split("FROM ")[2]
    for name, package in libraries():
        own = re.match(r"lib(asan|ubsan|c6$|gcc)", package)  # of the tests' build, or always there
        suite.check(f"{name} is in {package}", own or f" {package} " in stage)
    for source in re.findall(r"^COPY --from=build ((?:/source/\S+ )+)", stage, re.MULTILINE):
        for path in source.split():
            name = path.removeprefix("/source/")
            suite.check(f"{path} is there", name == "build/handrail"
                        or (harness.ROOT / name).exists())
    suite.check("it is not root", re.search(r"^USER \d{4,}", stage, re.MULTILINE))


def test_systemd_takes_the_unit(suite):
    if not shutil.which("systemd-analyze"):
        return
    unit = FOLDER / "handrail.service"
    text = (DEPLOY / "handrail.service").read_text(encoding="utf-8")
    unit.write_text(text.replace("/usr/local/bin/handrail", "/bin/true"), encoding="utf-8")
    status, said = run("systemd-analyze", "verify", "--man=no", unit)
    suite.check("verified", status == 0 and "handrail.service:" not in said, said)
    status, said = run("systemd-analyze", "security", "--offline=true", "--threshold=20", unit)
    suite.check("little is exposed", status == 0, said[-600:])


def test_nginx_takes_its_settings(suite):
    nginx, openssl = shutil.which("nginx"), shutil.which("openssl")
    if not nginx or not openssl:
        return
    run(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=a.example",
        "-keyout", FOLDER / "privkey.pem", "-out", FOLDER / "fullchain.pem", "-days", "1")
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"/etc/letsencrypt/live/[^/]+", str(FOLDER), text)
    text = re.sub(r"listen (?:\[::\]:)?(\d+)", r"listen 127.0.0.1:1\g<1>", text)
    text = re.sub(r"(listen [^;]+;)\n\s+\1", r"\1", text)  # two of one address
    whole = FOLDER / "nginx.conf"
    whole.write_text(f"pid {FOLDER}/pid;\nerror_log {FOLDER}/log;\nevents {{}}\n"
                     f"http {{\n{text}}}\n", encoding="utf-8")
    status, said = run(nginx, "-t", "-c", whole)
    suite.check("nginx -t", status == 0, said)
    suite.check("the client's address is appended",
                "X-Forwarded-For $proxy_add_x_forwarded_for" in text)


def main():
    suite = harness.Suite()
    try:
        suite.run(sys.modules[__name__])
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    suite.finish()


if __name__ == "__main__":
    main()
