"""How good the library's actions are, in one table: every action performed over seeds and bodies, without a picture.

`clip` measures one performance, `many` all that are wanted (`store` keeps them), `summary` makes the table, `page` shows it.
"""
