"""What all tests share: the compiled code that `synapt prepare` made, and no other."""

from synapt.generator.cache import keep_compiled_code

keep_compiled_code()  # before a test imports numba; child processes inherit it
