"""What `forked.SERVER` has in memory before it forks: what a command would import and look up first of all."""

from synapt.generator.base.cache import keep_compiled_code

keep_compiled_code()

from synapt.generator import checks, jobs  # noqa: E402, F401
from synapt.generator.actions import aliases  # noqa: E402
from synapt.generator.verbs import preview, recipes, render  # noqa: E402, F401

aliases()
