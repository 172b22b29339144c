"""What `cli.py` is made of: the operator's commands, and what every command needs of an installation."""
