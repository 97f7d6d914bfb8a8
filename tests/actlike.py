"""Runs the steps of an action, or of a job of a workflow, as GitHub does: expressions filled in, each ``run`` by its
shell in the folder of a repository, outputs handed on. What a step ``uses`` is noted, not run."""

import os
import re
import subprocess
from pathlib import Path

RE_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
RE_TERM = re.compile(r"'([^']*)'|(\w[\w.-]*)(\(\))?")


def evaluated(expression, context):
    """The value of an expression of GitHub: names, strings, ``||``, ``&&``, ``==``, ``!=``, ``always()``."""
    for sign in ("||", "&&"):
        if sign in expression:
            values = [evaluated(part, context) for part in expression.split(sign)]
            chosen = [value for value in values if bool(value) is (sign == "||")]
            return chosen[0] if chosen else values[-1]
    for sign in ("==", "!="):
        if sign in expression:
            one, other = (evaluated(part, context) for part in expression.split(sign))
            return (one == other) is (sign == "==")
    text, name, called = RE_TERM.fullmatch(expression.strip()).groups()
    if called:
        assert name == "always"
        return True
    if name is None:
        return text
    value = context
    for key in name.split("."):
        value = value.get(key, "") if isinstance(value, dict) else ""
    return value


def filled(text, context):
    """The text with its expressions as GitHub fills them in."""
    return RE_EXPRESSION.sub(lambda match: str(evaluated(match[1], context)), str(text))


class Run:
    """A run of some steps: the outputs of each, what they print, their exit codes, what they use."""

    def __init__(self, folder, home, context, environment):
        self.folder, self.home, self.context = Path(folder), Path(home), {**context, "steps": {}}
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", **environment}
        self.environment |= {"GITHUB_REPOSITORY": "un/corpus", "RUNNER_TEMP": str(home)}
        self.summary = self.home / "summary.md"
        self.printed, self.used, self.codes = {}, [], {}

    def steps(self, steps, instead=()):
        """Run them in order; those whose id is among ``instead`` are not. The first that fails stops those without an
        ``if: always()``; its code comes back."""
        failed = 0
        for number, step in enumerate(steps):
            name = step.get("id", str(number))
            condition = str(step.get("if", "")).removeprefix("${{").removesuffix("}}").strip()
            if (failed and "always()" not in condition) or (condition and not evaluated(condition, self.context)):
                continue
            if "uses" in step:
                self.used.append((step["uses"], {k: filled(v, self.context) for k, v in step.get("with", {}).items()}))
            elif name not in instead:
                failed = failed or self._step(name, step)
        return failed

    def _step(self, name, step):
        assert step.get("shell", "bash") == "bash"
        assert "${{" not in step["run"], "an expression in a script is a way in"
        output = self.home / f"output-{name}"
        output.touch()
        own = {key: filled(value, self.context) for key, value in step.get("env", {}).items()}
        files = {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(self.summary)}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder, env={**self.environment, **files, **own}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        rows = dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())
        self.context["steps"][name] = {"outputs": rows}
        self.printed[name], self.codes[name] = done.stdout + done.stderr, done.returncode
        return done.returncode
